package org.qstatmesh.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Protocol {@code qstat-mesh/1} as UTF-8 JSON, streamed both ways.
 *
 * <p>Writers write every field, an absent one as null. Readers:
 *
 * <ul>
 *   <li>ignore fields they do not know, at every level; constants they do not know become
 *       UNDETERMINED (jobs) or UNKNOWN;
 *   <li>take any minor version ({@code qstat-mesh/1.3}), refuse another major one by its name, and
 *       a document without one;
 *   <li>refuse a document that is cut off, has a key twice, goes on after its end, is not UTF-8 or
 *       is beyond the {@link WireLimits};
 *   <li>leave out a record of {@code jobs}, {@code nodes} or {@code queues} with a missing or
 *       impossible value (text for a number, less than 0, beyond the field's range) and count it in
 *       that collector's {@code problems}; anywhere else such a value refuses the document. An
 *       array of which no record is good reads as null, its collector as failed;
 *   <li>need of a snapshot only {@code drms}, {@code takenAtEpochMillis}, {@code jobs} (jobId,
 *       jobOwner, jobState) and {@code nodes} (nodeName, nodeState);
 *   <li>cut {@code alice@host} to {@code alice}, and make each lone surrogate U+FFFD. All other
 *       text is handed on as it is, control characters and markup too: whoever shows it escapes it.
 * </ul>
 *
 * <p>The JSON Schema is the resource {@code snapshot-v1.schema.json} of this package. All methods
 * may be called from any thread.
 */
public final class WireCodec {
  /** What a request and a reply name as their {@code protocol}. */
  public static final String PROTOCOL = "qstat-mesh/1";

  private static final JsonFactory WRITERS =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private WireCodec() {}

  /** The request as one frame. */
  public static byte[] encodeRequest(ProbeRequest request) {
    return encode(out -> out.record(request, RequestFields::write));
  }

  /** The request in the frame; limits are usually {@link WireLimits#REQUEST}. */
  public static ProbeRequest decodeRequest(byte[] frame, WireLimits limits) throws WireException {
    return WireDocument.read(frame, limits, RequestFields::read);
  }

  /** The reply as one frame. */
  public static byte[] encodeReply(ProbeReply reply) {
    return encode(out -> out.record(reply, ReplyWriter::write));
  }

  /** The reply, ready to be written. */
  public static EncodedReply reply(ProbeReply reply) {
    byte[] bytes = encodeReply(reply);
    return new EncodedReply(bytes.length, out -> out.write(bytes));
  }

  /**
   * A reply with a snapshot that is encoded already, at the age it has now.
   *
   * @param omitAbsent whether the request allows to leave out what is null in the arrays
   */
  public static EncodedReply reply(
      String id, EncodedSnapshot snapshot, long ageMillis, boolean omitAbsent) {
    byte[] before =
        encode(
            out -> {
              out.begin();
              ReplyWriter.writeHead(out, id);
              out.gap("snapshot");
            });
    return snapshot.between(before, ageMillis, omitAbsent, new byte[] {'}'});
  }

  /** The reply in the frame; limits are usually {@link WireLimits#REPLY}. */
  public static ProbeReply decodeReply(byte[] frame, WireLimits limits) throws WireException {
    return WireDocument.read(frame, limits, ReplyReader::read);
  }

  /** Encodes a snapshot for many replies; its own {@code ageMillis} does not count. */
  public static EncodedSnapshot encodeSnapshot(Snapshot snapshot) {
    return encodeSnapshot(
        snapshot,
        encoded(snapshot.jobs(), EncodedRecords.ofJobs()),
        encoded(snapshot.nodes(), EncodedRecords.ofNodes()),
        encoded(snapshot.queues(), EncodedRecords.ofQueues()));
  }

  private static <T> EncodedRecords<T> encoded(List<T> records, EncodedRecords<T> empty) {
    return records == null ? null : empty.addAll(records);
  }

  /**
   * Puts a snapshot together whose arrays are encoded already; none can be added to after this.
   *
   * @param head all but the arrays; where it has no etag, it gets one
   * @param jobs null when that collector failed; so the others
   */
  public static EncodedSnapshot encodeSnapshot(
      Snapshot head,
      EncodedRecords<Job> jobs,
      EncodedRecords<Node> nodes,
      EncodedRecords<Queue> queues) {
    Stream.of(jobs, nodes, queues).filter(Objects::nonNull).forEach(EncodedRecords::seal);
    Snapshot tagged =
        head.etag() == null ? head.withEtag(Etag.of(head, jobs, nodes, queues)) : head;
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    int[] gap = new int[1];
    SnapshotWriter.Age age =
        (out, ageMillis) -> {
          out.gap("ageMillis");
          gap[0] = bytes.size();
        };
    encode(
        bytes,
        out -> {
          out.begin();
          SnapshotWriter.writeHead(out, tagged, age);
        });
    return new EncodedSnapshot(tagged, bytes.toByteArray(), gap[0], jobs, nodes, queues);
  }

  /**
   * Writes the bare snapshot, as the command {@code snapshot} prints it; flushes, does not close.
   */
  public static void writeSnapshot(Snapshot snapshot, OutputStream to) throws IOException {
    write(to, out -> out.record(snapshot, SnapshotWriter::write));
    to.flush();
  }

  /**
   * Reads a bare snapshot to the end of the stream, which is left open.
   *
   * @throws WireException if what was read is not a snapshot within the limits
   * @throws IOException if the stream itself fails
   */
  public static Snapshot readSnapshot(InputStream from, WireLimits limits)
      throws WireException, IOException {
    return WireDocument.read(from, limits, SnapshotReader::read);
  }

  /** A summary by itself, as whoever keeps some for later writes it. */
  public static byte[] encodeSummary(PastSummary summary) {
    return encode(out -> out.record(summary, PastSummaryFields::write));
  }

  /** Reads back what {@link #encodeSummary} wrote. */
  public static PastSummary decodeSummary(byte[] json, WireLimits limits) throws WireException {
    return WireDocument.read(json, limits, PastSummaryFields::read);
  }

  private interface Document {
    void write(FieldWriter out) throws IOException;
  }

  private static byte[] encode(Document document) {
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    encode(bytes, document);
    return bytes.toByteArray();
  }

  private static void encode(ByteArrayBuilder bytes, Document document) {
    try {
      write(bytes, document);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
  }

  private static void write(OutputStream to, Document document) throws IOException {
    try (JsonGenerator json = WRITERS.createGenerator(to, JsonEncoding.UTF8)) {
      document.write(new FieldWriter(json));
    }
  }
}
