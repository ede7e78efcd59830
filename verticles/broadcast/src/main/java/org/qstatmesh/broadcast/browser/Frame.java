package org.qstatmesh.broadcast.browser;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.qstatmesh.bus.MeshJson;

/**
 * One update, encoded once and written to every socket: {@code {"type":"rec","address":…,"body":…}}
 * whose body begins with {@code serverTimeEpochMillis}. Immutable.
 */
final class Frame {
  private static final String TIME = "{\"serverTimeEpochMillis\":";
  private static final int TIME_DIGITS = 13;
  private static final long FIRST_OF_13_DIGITS = 1_000_000_000_000L;

  private final String address;
  private final byte[] json;
  private final int timeAt;
  private final long madeAtEpochMillis;
  private final Buffer buffer;

  private Frame(String address, byte[] json, int timeAt, long madeAtEpochMillis) {
    this.address = address;
    this.json = json;
    this.timeAt = timeAt;
    this.madeAtEpochMillis = madeAtEpochMillis;
    this.buffer = Buffer.buffer(json);
  }

  /**
   * Encodes an update.
   *
   * @param address where it is published; our own, nothing in it needs escaping
   * @param body a record with at least one component
   */
  static Frame encode(String address, Object body, long nowEpochMillis) {
    byte[] fields = MeshJson.encode(body);
    byte[] head =
        ("{\"type\":\"rec\",\"address\":\"" + address + "\",\"body\":" + TIME)
            .getBytes(StandardCharsets.UTF_8);
    byte[] json = new byte[head.length + TIME_DIGITS + fields.length + 1];
    System.arraycopy(head, 0, json, 0, head.length);
    writeTime(json, head.length, nowEpochMillis);
    int fieldsAt = head.length + TIME_DIGITS;
    System.arraycopy(fields, 0, json, fieldsAt, fields.length);
    json[fieldsAt] = ',';
    json[json.length - 1] = '}';
    return new Frame(address, json, head.length, nowEpochMillis);
  }

  /** The same update as told at another time: copied, not encoded again. */
  Frame at(long nowEpochMillis) {
    byte[] copy = json.clone();
    writeTime(copy, timeAt, nowEpochMillis);
    return new Frame(address, copy, timeAt, nowEpochMillis);
  }

  private static void writeTime(byte[] json, int at, long epochMillis) {
    long rest = Math.max(epochMillis, FIRST_OF_13_DIGITS);
    for (int i = at + TIME_DIGITS - 1; i >= at; i--) {
      json[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  String address() {
    return address;
  }

  long madeAtEpochMillis() {
    return madeAtEpochMillis;
  }

  int length() {
    return json.length;
  }

  /** Shared by all sockets: to be written, never to be changed. */
  Buffer buffer() {
    return buffer;
  }

  /** The body alone: the same bytes, shared likewise. */
  Buffer body() {
    return buffer.slice(timeAt - TIME.length(), json.length - 1);
  }
}
