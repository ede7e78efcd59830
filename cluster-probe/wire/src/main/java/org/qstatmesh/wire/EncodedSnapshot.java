package org.qstatmesh.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A snapshot encoded once, for however many ask.
 *
 * <p>The head is the bare snapshot's JSON up to its arrays, with a gap where the value of {@code
 * ageMillis} belongs: {@code …,"ageMillis":} and {@code ,"probeVersion":…}; the arrays are {@link
 * EncodedRecords}. A reply is the envelope, the head with the age at that moment, and the arrays:
 * copies, no encoding. Immutable; may be used from any thread.
 */
public final class EncodedSnapshot {
  private static final byte[] NULL = ascii("null");

  private final String snapshotId;
  private final String etag;
  private final long takenAtEpochMillis;
  private final byte[] head;
  private final int gap;
  private final Part[] parts;

  /** One array under its name, with the comma before it; null records for an array that is null. */
  private record Part(String name, EncodedRecords<?> records) {
    long bytes(boolean omitAbsent) {
      return name.length() + (records == null ? NULL.length : records.jsonBytes(omitAbsent));
    }

    void writeTo(OutputStream out, boolean omitAbsent) throws IOException {
      out.write(ascii(name));
      if (records == null) {
        out.write(NULL);
      } else {
        records.writeTo(out, omitAbsent);
      }
    }
  }

  EncodedSnapshot(
      Snapshot snapshot,
      byte[] head,
      int gap,
      EncodedRecords<Job> jobs,
      EncodedRecords<Node> nodes,
      EncodedRecords<Queue> queues) {
    this.snapshotId = snapshot.snapshotId();
    this.etag = snapshot.etag();
    this.takenAtEpochMillis = snapshot.takenAtEpochMillis();
    this.head = head;
    this.gap = gap;
    this.parts =
        new Part[] {
          new Part(",\"jobs\":", jobs),
          new Part(",\"nodes\":", nodes),
          new Part(",\"queues\":", queues)
        };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The snapshot's id, to be compared with a request's {@code have}; null if it has none. */
  public String snapshotId() {
    return snapshotId;
  }

  /** Stands for what it shows, to be compared with a request's {@code etag}. */
  public String etag() {
    return etag;
  }

  /** When it was taken, by the clock of this machine. */
  public long takenAtEpochMillis() {
    return takenAtEpochMillis;
  }

  /**
   * How many bytes are held; a reply is three times as long, or twice with absent fields left out.
   */
  public long heldBytes() {
    return head.length
        + Arrays.stream(parts)
            .filter(part -> part.records() != null)
            .mapToLong(part -> part.records().packedBytes())
            .sum();
  }

  /** Writes the bare snapshot at the given age; every field, absent ones as null. */
  public void writeTo(OutputStream out, long ageMillis) throws IOException {
    writeTo(out, age(ageMillis), false);
  }

  /** The snapshot at the given age between an envelope's {@code before} and {@code after}. */
  EncodedReply between(byte[] before, long ageMillis, boolean omitAbsent, byte[] after) {
    byte[] age = age(ageMillis);
    long bytes = (long) before.length + head.length + age.length + 1 + after.length;
    for (Part part : parts) {
      bytes += part.bytes(omitAbsent);
    }
    return new EncodedReply(
        bytes,
        out -> {
          out.write(before);
          writeTo(out, age, omitAbsent);
          out.write(after);
        });
  }

  private static byte[] age(long ageMillis) {
    return ascii(Long.toString(ageMillis));
  }

  private void writeTo(OutputStream out, byte[] age, boolean omitAbsent) throws IOException {
    out.write(head, 0, gap);
    out.write(age);
    out.write(head, gap, head.length - gap);
    for (Part part : parts) {
      part.writeTo(out, omitAbsent);
    }
    out.write('}');
  }
}
