package org.qstatmesh.broadcast.browser;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.qstatmesh.broadcast.browser.rest.RestDocument;
import org.qstatmesh.broadcast.browser.rest.RestLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browsers' side as broadcast sees it: a Vert.x of its own, made and closed here. Methods may
 * be called from any thread; what they give completes on the context that called.
 */
public final class BrowserServer {
  private static final Logger LOG = LoggerFactory.getLogger(BrowserServer.class);
  private static final String PAGE = "webroot";
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(4);

  /**
   * How to serve.
   *
   * @param host literal address or {@code localhost}
   * @param port 0 lets the system choose
   * @param publicly whether {@code host} may be other than loopback
   * @param origins listed origins
   * @param embedders origins whose pages may frame one row
   * @param limits bounds towards browsers
   * @param programs bounds towards programs
   */
  public record Settings(
      String host,
      int port,
      boolean publicly,
      List<String> origins,
      List<String> embedders,
      BrowserLimits limits,
      RestLimits programs) {

    /** The bounds towards programs that are in force when nobody says otherwise. */
    public Settings(
        String host,
        int port,
        boolean publicly,
        List<String> origins,
        List<String> embedders,
        BrowserLimits limits) {
      this(host, port, publicly, origins, embedders, limits, RestLimits.DEFAULT);
    }
  }

  private final Vertx mesh;
  private final Vertx browsers;
  private final Settings settings;
  private final PageServer page;
  private final GridTraffic traffic;
  private final BrowserVerticle verticle;
  private Future<Void> stopped;

  private BrowserServer(
      Vertx mesh,
      Vertx browsers,
      Settings settings,
      PageServer page,
      GridTraffic traffic,
      BrowserVerticle verticle) {
    this.mesh = mesh;
    this.browsers = browsers;
    this.settings = settings;
    this.page = page;
    this.traffic = traffic;
    this.verticle = verticle;
  }

  /**
   * Starts to serve; fails with {@link IllegalArgumentException} for a public address that was not
   * asked for, {@link java.net.BindException} for a port that is taken.
   *
   * @param mesh the Vert.x of the caller
   */
  public static Future<BrowserServer> start(
      Vertx mesh, Settings settings, GridQuestions questions, MeterRegistry meters) {
    return start(mesh, settings, questions, meters, PAGE);
  }

  static Future<BrowserServer> start(
      Vertx mesh, Settings settings, GridQuestions questions, MeterRegistry meters, String root) {
    if (!settings.publicly() && !RequestGuard.isLoopback(settings.host())) {
      return Future.failedFuture(
          new IllegalArgumentException(
              "web.host " + settings.host() + " is reached from other machines: set web.public"));
    }
    return prepare(mesh.getOrCreateContext(), root)
        .compose(
            prepared -> {
              LOG.debug("{} files of the page", prepared.files().count());
              GridTraffic traffic = new GridTraffic(meters);
              PageServer page = new PageServer(prepared.files());
              BrowserVerticle verticle =
                  new BrowserVerticle(settings, page, traffic, questions, prepared.document());
              return new BrowserServer(mesh, prepared.browsers(), settings, page, traffic, verticle)
                  .start();
            });
  }

  private record Prepared(PageFiles files, RestDocument document, Vertx browsers) {}

  /** Reads the page and makes the Vert.x: both block, and the latter wants no Vert.x thread. */
  private static Future<Prepared> prepare(Context context, String root) {
    Promise<Prepared> promise = Promise.promise();
    ClassLoader loader = BrowserServer.class.getClassLoader();
    Runnable work =
        () -> {
          try {
            PageFiles files = PageFiles.load(loader, root);
            RestDocument document = RestDocument.load();
            promise.complete(new Prepared(files, document, Vertx.vertx(options())));
            // The page is served meanwhile: the first byte need not wait for this.
            files.compress();
          } catch (IOException | RuntimeException | LinkageError e) {
            promise.tryFail(e);
          }
        };
    new Thread(work, "broadcast-start").start();
    return onto(context, promise.future());
  }

  private Future<BrowserServer> start() {
    return onto(mesh.getOrCreateContext(), browsers.deployVerticle(verticle))
        .map(this)
        .recover(cause -> stop().transform(closed -> Future.failedFuture(cause)));
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(2)
        // Nothing is read from disk here; the cache folder would be litter.
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** Where it listens. */
  public SocketAddress address() {
    return SocketAddress.inetSocketAddress(verticle.port(), settings.host());
  }

  /** Where a browser on this machine finds it. */
  public String url() {
    String host = settings.host();
    boolean bare = host.contains(":") && !host.startsWith("[");
    return "http://" + (bare ? "[" + host + "]" : host) + ":" + verticle.port();
  }

  /** From now on exactly these clusters can be registered for and asked about. */
  public void offer(Collection<String> clusters) {
    verticle.offer(Set.copyOf(clusters));
  }

  /** Asks what browsers will ask, so that the first of them waits no longer than the others. */
  public void rehearse() {
    verticle.rehearse();
  }

  /** Pushes a cluster's row to all who listen, and to who comes later: encoded once, here. */
  public void pushRow(String cluster, Object row, long nowEpochMillis) {
    push(BrowserTopics.cluster(cluster), row, nowEpochMillis);
  }

  /** Pushes the overview likewise. */
  public void pushOverview(Object overview, long nowEpochMillis) {
    push(BrowserTopics.CLUSTERS, overview, nowEpochMillis);
  }

  private void push(String address, Object body, long nowEpochMillis) {
    traffic.encoded();
    verticle.push(Frame.encode(address, body, nowEpochMillis));
  }

  /**
   * What {@code /health/ready} says.
   *
   * @param ready whether there are rows to show
   * @param mesh the mesh's status in a word
   */
  public void health(boolean ready, String mesh) {
    page.health(ready, mesh);
  }

  /** Closes every connection and the Vert.x; succeeds within four seconds whatever happens. */
  public Future<Void> stop() {
    if (stopped == null) {
      Promise<Void> promise = Promise.promise();
      // Last: what is counted while sockets close would come back to stay.
      stopped = promise.future().onComplete(ended -> traffic.forget());
      Context context = mesh.getOrCreateContext();
      long deadline =
          mesh.setTimer(
              STOP_DEADLINE.toMillis(),
              late -> {
                if (promise.tryComplete()) {
                  LOG.warn("some connections did not close in {}", STOP_DEADLINE);
                }
              });
      onto(context, browsers.close())
          .onComplete(
              closed -> {
                mesh.cancelTimer(deadline);
                promise.tryComplete();
              },
              cause -> {
                mesh.cancelTimer(deadline);
                LOG.warn("closing the browsers' side failed", cause);
                promise.tryComplete();
              });
    }
    return stopped;
  }

  /** The same outcome, on a context of another Vert.x. */
  private static <T> Future<T> onto(Context context, Future<T> future) {
    Promise<T> promise = Promise.promise();
    future.onComplete(
        value -> context.runOnContext(go -> promise.complete(value)),
        cause -> context.runOnContext(go -> promise.fail(cause)));
    return promise.future();
  }
}
