package org.qstatmesh.mesh.add;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qstatmesh.poller.CurveKeyFile;

/**
 * The two files of a cluster's CURVE keys.
 *
 * @param mesh our own pair
 * @param probe the probe's pair and whom it lets in; goes to the login node
 */
record CurveFiles(Path mesh, Path probe) {

  /**
   * Makes both, or takes those that are there.
   *
   * @return the probe's public key
   * @throws IOException a file cannot be written, or only one of the two is there
   */
  String serverKey() throws IOException {
    if (Files.exists(mesh) != Files.exists(probe)) {
      Path there = Files.exists(mesh) ? mesh : probe;
      Path missing = Files.exists(mesh) ? probe : mesh;
      throw new IOException(
          there + " is there, but not " + missing + ": bring it back, or remove both to make new");
    }
    return areThere() ? CurveKeyFile.serverKey(probe) : CurveKeyFile.generate(mesh, probe);
  }

  boolean areThere() {
    return Files.exists(mesh) && Files.exists(probe);
  }
}
