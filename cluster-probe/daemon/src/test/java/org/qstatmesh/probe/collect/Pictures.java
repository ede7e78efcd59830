package org.qstatmesh.probe.collect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;

/** Pictures as an asker reads them. */
public final class Pictures {
  private Pictures() {}

  /** The snapshot that was taken; null when there is none. */
  public static Snapshot of(Taking taking) {
    if (taking.encoded() == null) {
      return null;
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      taking.encoded().writeTo(json, 0);
      return WireCodec.readSnapshot(new ByteArrayInputStream(json.toByteArray()), WireLimits.REPLY);
    } catch (IOException | WireException e) {
      throw new AssertionError(e);
    }
  }
}
