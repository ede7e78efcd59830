package org.qstatmesh.mesh.cli;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.mesh.config.ConfDirectory;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.mesh.node.StartException;

/** Reads conf/ for a command that runs no node. */
final class ConfReading {
  static final int CONFIGURATION = StartException.CONFIGURATION;
  private static final long DEADLINE_SECONDS = 30;

  private ConfReading() {}

  /** The configuration; empty after every problem was printed to {@code err}. */
  static Optional<MeshConfig> read(Path conf, PrintWriter err) {
    Vertx vertx = Vertx.vertx();
    try {
      return Optional.of(
          new ConfDirectory(vertx, conf)
              .load()
              .toCompletionStage()
              .toCompletableFuture()
              .get(DEADLINE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      err.println(e.getCause().getMessage());
      return Optional.empty();
    } catch (TimeoutException e) {
      err.println(conf + " could not be read within " + DEADLINE_SECONDS + " s");
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      vertx.close().onFailure(cause -> err.println("did not close cleanly: " + cause));
    }
  }
}
