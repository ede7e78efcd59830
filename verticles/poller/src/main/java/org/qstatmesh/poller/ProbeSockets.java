package org.qstatmesh.poller;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * All ZeroMQ sockets of a poller and the one thread that touches them.
 *
 * <p>Commands are queued and the thread is woken over an inproc PAIR; it is never interrupted. The
 * queue needs no bound of its own: each cluster has at most one request under way, so at most a
 * handful of commands.
 */
final class ProbeSockets implements ProbeTransport {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeSockets.class);
  private static final String WAKE_UP = "inproc://wake-up";

  /** How often refusals and dead contexts are looked for when nothing happens. */
  private static final long WATCH_MILLIS = 200;

  private final Listener listener;
  private final ZContext control = new ZContext();
  private final ZMQ.Socket woken;
  private final ZMQ.Socket waker;
  private final Object wakerLock = new Object();
  private boolean wakerOpen = true;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile long lastTurnNanos = System.nanoTime();

  // Of the owner thread alone.
  private final Map<Long, ProbeSocket> sockets = new HashMap<>();
  private final List<SocketGroup> groups = new ArrayList<>();
  private int groupsMade;
  private Selector selector;
  private boolean stopping;

  private ProbeSockets(Listener listener) {
    this.listener = listener;
    woken = control.createSocket(SocketType.PAIR);
    woken.bind(WAKE_UP);
    waker = control.createSocket(SocketType.PAIR);
    waker.connect(WAKE_UP);
  }

  /** Starts the owner thread. */
  static ProbeSockets start(Listener listener) {
    ProbeSockets sockets = new ProbeSockets(listener);
    Thread owner = new Thread(sockets::run, "poller-zmq-owner");
    owner.setDaemon(true);
    owner.start();
    return sockets;
  }

  /** Opens a link to a probe. */
  void open(long link, String endpoint, int maxReplyBytes, Mechanism mechanism) {
    command(() -> doOpen(link, endpoint, maxReplyBytes, mechanism));
  }

  @Override
  public void send(long link, byte[] json) {
    command(() -> doSend(link, json));
  }

  @Override
  public void listenAgain(long link) {
    command(
        () -> {
          ProbeSocket socket = sockets.get(link);
          if (socket != null) {
            socket.listenAgain();
          }
        });
  }

  @Override
  public void close(long link) {
    command(
        () -> {
          ProbeSocket socket = sockets.remove(link);
          if (socket != null) {
            socket.close();
          }
        });
  }

  @Override
  public CompletionStage<Void> stop() {
    command(() -> stopping = true);
    return stopped;
  }

  @Override
  public long nanosSinceLastTurn() {
    return System.nanoTime() - lastTurnNanos;
  }

  @Override
  public int commandsWaiting() {
    return commands.size();
  }

  private void command(Runnable command) {
    commands.add(command);
    synchronized (wakerLock) {
      if (wakerOpen) {
        // A full pipe means that wake-ups are on their way already.
        waker.send(new byte[0], ZMQ.DONTWAIT);
      }
    }
  }

  private void run() {
    String end = null;
    try (Selector events = Selector.open()) {
      selector = events;
      while (!stopping) {
        waitForEvents();
        lastTurnNanos = System.nanoTime();
        runCommands();
        buryDeadGroups();
        takeTurns();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("the owner thread of the probes' sockets ended", e);
      end = "the owner thread of the probes' sockets ended: " + e;
    }
    try {
      closeAll();
    } finally {
      stopped.complete(null);
      if (end != null) {
        listener.ended(end);
      }
    }
  }

  private void waitForEvents() {
    List<ZMQ.PollItem> items = new ArrayList<>(sockets.size() + 1);
    items.add(new ZMQ.PollItem(woken, ZMQ.Poller.POLLIN));
    for (ProbeSocket socket : sockets.values()) {
      if (socket.interest() != 0) {
        items.add(new ZMQ.PollItem(socket.socket(), socket.interest()));
      }
    }
    ZMQ.poll(selector, items.toArray(ZMQ.PollItem[]::new), WATCH_MILLIS);
  }

  private void runCommands() {
    while (woken.recv(ZMQ.DONTWAIT) != null) {
      // Each says only: look at the queue.
    }
    for (Runnable next = commands.poll(); next != null; next = commands.poll()) {
      next.run();
    }
  }

  private void takeTurns() {
    for (ProbeSocket socket : List.copyOf(sockets.values())) {
      if (socket.refusal() != null) {
        refuse(socket, socket.refusal());
        continue;
      }
      if (socket.interest() != 0) {
        switch (socket.turn()) {
          case REPLY -> listener.replied(socket.link(), socket.takeReply());
          case MALFORMED -> refuse(socket, "its message is not of the form [empty][JSON]");
          case NOTHING -> {}
        }
      }
    }
  }

  private void refuse(ProbeSocket socket, String why) {
    sockets.remove(socket.link());
    socket.close();
    listener.refused(socket.link(), why);
  }

  private void doOpen(long link, String endpoint, int maxReplyBytes, Mechanism mechanism) {
    try {
      sockets.put(link, new ProbeSocket(link, groupWithRoom(), endpoint, maxReplyBytes, mechanism));
    } catch (RuntimeException e) {
      listener.lost(link, e.toString());
    }
  }

  private void doSend(long link, byte[] json) {
    ProbeSocket socket = sockets.get(link);
    if (socket == null) {
      return;
    }
    socket.send(json);
    if (socket.stray() > 0) {
      listener.stray(link, socket.stray());
    }
  }

  private SocketGroup groupWithRoom() {
    for (SocketGroup group : groups) {
      if (!group.isFull()) {
        return group;
      }
    }
    SocketGroup group = new SocketGroup(++groupsMade);
    groups.add(group);
    return group;
  }

  private void buryDeadGroups() {
    for (Iterator<SocketGroup> each = groups.iterator(); each.hasNext(); ) {
      SocketGroup group = each.next();
      String death = group.death();
      if (death != null) {
        each.remove();
        LOG.error("a ZeroMQ context died and is replaced: {}", death);
        for (ProbeSocket socket : List.copyOf(sockets.values())) {
          if (socket.group() == group) {
            sockets.remove(socket.link());
            listener.lost(socket.link(), "ZeroMQ's I/O thread died: " + death);
          }
        }
        group.abandon();
      }
    }
  }

  private void closeAll() {
    synchronized (wakerLock) {
      wakerOpen = false;
    }
    for (SocketGroup group : groups) {
      if (group.death() == null) {
        group.close();
      } else {
        group.abandon();
      }
    }
    control.close();
  }
}
