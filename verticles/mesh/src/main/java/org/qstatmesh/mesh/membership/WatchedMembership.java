package org.qstatmesh.mesh.membership;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster manager that looks every few seconds whether the mesh still knows what this node
 * listens to, and says it again where it does not. A partition that heals loses subscriptions now
 * and then (eclipse-vertx/vert.x#4394, vert-x3/vertx-hazelcast#109); and what leads to nodes that
 * are gone is not handed out, so that no question waits for them (eclipse-vertx/vert.x#5202), nor
 * is what leads to those that speak another protocol. Any thread.
 */
final class WatchedMembership implements ClusterManager {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedMembership.class);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final HazelcastClusterManager members;
  private final SpokenProtocol protocol;
  private final ConcurrentMap<String, Set<RegistrationInfo>> own = new ConcurrentHashMap<>();
  private Vertx vertx;
  private volatile boolean left;

  WatchedMembership(HazelcastClusterManager members, SpokenProtocol protocol) {
    this.members = members;
    this.protocol = protocol;
  }

  @Override
  public void init(Vertx clustered) {
    vertx = clustered;
    members.init(clustered);
  }

  @Override
  public void join(Completable<Void> joined) {
    Promise<Void> done = Promise.promise();
    done.future().onSuccess(in -> lookLater()).onComplete(joined);
    members.join(done);
  }

  @Override
  public void leave(Completable<Void> done) {
    left = true;
    members.leave(done);
  }

  private void lookLater() {
    if (!left) {
      vertx.setTimer(LOOK.toMillis(), timer -> look());
    }
  }

  private void look() {
    protocol.look(members.getHazelcastInstance());
    List<Future<Boolean>> looks = new ArrayList<>();
    own.forEach(
        (address, registrations) -> {
          Promise<List<RegistrationInfo>> known = Promise.promise();
          members.getRegistrations(address, known);
          looks.add(known.future().map(found -> sayAgain(address, registrations, found)));
        });
    Future.join(looks)
        .onComplete(
            looked -> {
              long forgotten =
                  looks.stream().filter(look -> Boolean.TRUE.equals(look.result())).count();
              if (forgotten > 0) {
                LOG.warn("the mesh had forgotten {} addresses of this node: said again", forgotten);
              }
              lookLater();
            });
  }

  private boolean sayAgain(
      String address, Set<RegistrationInfo> registrations, List<RegistrationInfo> known) {
    boolean forgotten = false;
    for (RegistrationInfo registration : registrations) {
      if (!left && !known.contains(registration)) {
        forgotten = true;
        members.addRegistration(address, registration, Promise.promise());
      }
    }
    return forgotten;
  }

  /** What is on its way to the others is not forgotten. */
  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> done) {
    Promise<Void> added = Promise.promise();
    added
        .future()
        .onSuccess(
            known -> {
              if (!registration.localOnly()) {
                own.computeIfAbsent(address, first -> ConcurrentHashMap.newKeySet())
                    .add(registration);
              }
            })
        .onComplete(done);
    members.addRegistration(address, registration, added);
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> done) {
    own.computeIfPresent(
        address,
        (same, registrations) -> {
          registrations.remove(registration);
          return registrations.isEmpty() ? null : registrations;
        });
    members.removeRegistration(address, registration, done);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> found) {
    Promise<List<RegistrationInfo>> all = Promise.promise();
    all.future().map(this::ofThePresent).onComplete(found);
    members.getRegistrations(address, all);
  }

  private List<RegistrationInfo> ofThePresent(List<RegistrationInfo> all) {
    List<String> present = members.getNodes();
    return understood(all).stream().filter(found -> present.contains(found.nodeId())).toList();
  }

  private List<RegistrationInfo> understood(List<RegistrationInfo> all) {
    Set<String> strangers = protocol.strangers(members.getHazelcastInstance());
    return strangers.isEmpty()
        ? all
        : all.stream().filter(found -> !strangers.contains(found.nodeId())).toList();
  }

  @Override
  public String getNodeId() {
    return members.getNodeId();
  }

  @Override
  public List<String> getNodes() {
    return members.getNodes();
  }

  @Override
  public void nodeListener(NodeListener listener) {
    members.nodeListener(
        new NodeListener() {
          @Override
          public void nodeAdded(String node) {
            LOG.info("a node came: the mesh has {}", members.getNodes().size());
            protocol.look(members.getHazelcastInstance());
            listener.nodeAdded(node);
          }

          @Override
          public void nodeLeft(String node) {
            LOG.info("a node is gone: the mesh has {}", members.getNodes().size());
            listener.nodeLeft(node);
          }
        });
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    members.registrationListener(
        new RegistrationListener() {
          @Override
          public void registrationsUpdated(RegistrationUpdateEvent event) {
            listener.registrationsUpdated(
                new RegistrationUpdateEvent(event.address(), understood(event.registrations())));
          }

          @Override
          public void registrationsLost() {
            listener.registrationsLost();
          }

          @Override
          public boolean wantsUpdatesFor(String address) {
            return listener.wantsUpdatesFor(address);
          }
        });
  }

  @Override
  public void setNodeInfo(NodeInfo info, Completable<Void> done) {
    members.setNodeInfo(info, done);
  }

  @Override
  public NodeInfo getNodeInfo() {
    return members.getNodeInfo();
  }

  @Override
  public void getNodeInfo(String nodeId, Completable<NodeInfo> found) {
    members.getNodeInfo(nodeId, found);
  }

  @Override
  public boolean isActive() {
    return members.isActive();
  }

  @Override
  public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> found) {
    members.getAsyncMap(name, found);
  }

  @Override
  public <K, V> Map<K, V> getSyncMap(String name) {
    return members.getSyncMap(name);
  }

  @Override
  public void getLockWithTimeout(String name, long timeoutMillis, Completable<Lock> got) {
    members.getLockWithTimeout(name, timeoutMillis, got);
  }

  @Override
  public void getCounter(String name, Completable<Counter> found) {
    members.getCounter(name, found);
  }
}
