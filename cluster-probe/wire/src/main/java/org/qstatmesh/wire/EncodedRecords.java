package org.qstatmesh.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Checksum;

/**
 * The records of one array of a snapshot, encoded one by one as they come, so that the records
 * themselves need not be kept. In memory are the values only; the names of the fields are put
 * between them when a reply is made, which is copying, not encoding.
 *
 * <p>One thread adds; {@link WireCodec#encodeSnapshot(Snapshot, EncodedRecords, EncodedRecords,
 * EncodedRecords)} ends that, and from then on any thread may read.
 *
 * @param <T> {@link Job}, {@link Node} or {@link Queue}
 */
public final class EncodedRecords<T> {
  private static final int NULL_BYTES = 4;

  private final FieldWriter.Row<T> row;
  private final ChunkedBytes packed = new ChunkedBytes();
  private final PackedFieldWriter writer;
  private int size;
  private boolean sealed;

  private EncodedRecords(FieldWriter.Row<T> row) {
    this.row = row;
    try {
      this.writer = new PackedFieldWriter(packed);
    } catch (IOException e) {
      throw memoryFailed(e);
    }
  }

  /** An empty array of jobs. */
  public static EncodedRecords<Job> ofJobs() {
    return new EncodedRecords<>(JobFields::write);
  }

  /** An empty array of nodes. */
  public static EncodedRecords<Node> ofNodes() {
    return new EncodedRecords<>(NodeFields::write);
  }

  /** An empty array of queues. */
  public static EncodedRecords<Queue> ofQueues() {
    return new EncodedRecords<>(QueueFields::write);
  }

  /**
   * Encodes one more; throws {@link IllegalStateException} once the array is part of a snapshot.
   */
  public void add(T record) {
    if (sealed) {
      throw new IllegalStateException("the array is part of a snapshot");
    }
    try {
      writer.record(record, row);
    } catch (IOException e) {
      throw memoryFailed(e);
    }
    size++;
  }

  /** Adds all, in order. */
  public EncodedRecords<T> addAll(List<T> records) {
    records.forEach(this::add);
    return this;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  void seal() {
    if (sealed) {
      return;
    }
    sealed = true;
    try {
      writer.close();
    } catch (IOException e) {
      throw memoryFailed(e);
    }
  }

  private static UncheckedIOException memoryFailed(IOException e) {
    return new UncheckedIOException("memory does not fail to be written", e);
  }

  /** Bytes of memory held; what was added last may be missing. */
  public long packedBytes() {
    return packed.size();
  }

  void addTo(Checksum sum) {
    packed.addTo(sum);
  }

  /** Bytes of the JSON array. */
  long jsonBytes(boolean omitAbsent) {
    if (size == 0) {
      return 2;
    }
    int fields = writer.names().size();
    long nameBytes = writer.names().stream().mapToLong(name -> name.length).sum();
    long values = packed.size() - (long) size * fields;
    long perRecord = 2 + nameBytes + (fields - 1);
    long bytes = 2 + size * (perRecord + 1) - 1 + values + NULL_BYTES * writer.absentValues();
    return omitAbsent
        ? bytes - writer.absentNameBytes() - (NULL_BYTES + 1) * writer.absentValues()
        : bytes;
  }

  /**
   * Writes the JSON array. The first field of every record is one that no record is without, so a
   * record never begins with a comma.
   */
  void writeTo(OutputStream out, boolean omitAbsent) throws IOException {
    out.write('[');
    if (size > 0) {
      packed.forEach(new Unpacking(writer.names(), omitAbsent, out));
    }
    out.write(']');
  }
}
