package org.qstatmesh.it.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One mesh for all tests of the page that change nothing: the two recorded clusters, {@code torque}
 * and {@code openpbs}, and {@code silent}, where nobody has ever answered. Who needs a cluster to
 * change or to die starts a mesh of their own.
 */
public final class PageMesh implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent("page-mesh", key -> Running.start(), Running.class);
  }

  /** The mesh and its probes, closed when the last test is over. */
  public static final class Running implements AutoCloseable {
    private final ProbeProcess torque;
    private final ProbeProcess openPbs;
    private final MeshProcess mesh;
    private final Path directory;

    private Running(Path directory, ProbeProcess torque, ProbeProcess openPbs, MeshProcess mesh) {
      this.directory = directory;
      this.torque = torque;
      this.openPbs = openPbs;
      this.mesh = mesh;
    }

    private static Running start() {
      try {
        Path directory = Files.createTempDirectory("qstat-mesh-page-");
        ProbeProcess torque =
            ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")));
        ProbeProcess openPbs =
            ProbeProcess.serving(FakeScheduler.openPbs(directory.resolve("openpbs")));
        MeshConf conf =
            MeshConf.in(directory.resolve("conf"), 10)
                .direct("torque", torque.endpoint())
                .direct("openpbs", openPbs.endpoint())
                .direct("silent", "tcp://127.0.0.1:" + Checkout.freePort());
        return new Running(
            directory, torque, openPbs, MeshProcess.start(conf, directory.resolve("data")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /** The page's URL. */
    public URI page() {
      return mesh.page();
    }

    /** The mesh. */
    public MeshProcess mesh() {
      return mesh;
    }

    @Override
    public void close() {
      mesh.close();
      torque.close();
      openPbs.close();
      Checkout.deleteTree(directory);
    }
  }
}
