package org.qstatmesh.store;

import org.qstatmesh.store.export.SampleBlobReader;

/** The lists of a row as {@link SampleBlobs} lays them out, for the export. */
final class ExportBlobs implements SampleBlobReader {
  @Override
  public void use(byte[] blob, Counts counts) {
    int[] values = new int[SampleBlobs.USE_COUNTS];
    VarintReader in = new VarintReader(blob);
    while (in.hasMore()) {
      int word = in.getInt();
      SampleBlobs.getCounts(in, values);
      counts.accept(word, values);
    }
  }

  @Override
  public void waiting(byte[] blob, Counts counts) {
    int[] values = new int[2];
    VarintReader in = new VarintReader(blob);
    while (in.hasMore()) {
      int word = in.getInt();
      values[0] = in.getInt();
      values[1] = in.getInt();
      counts.accept(word, values);
    }
  }
}
