package org.qstatmesh.broadcast.browser;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.qstatmesh.bus.QueryFailure;

/**
 * The frames of the SockJS event bus bridge, as its clients know them ({@code vertx-eventbus.js}):
 * {@code ping}, {@code register}, {@code unregister}, {@code send}, {@code publish} in; {@code
 * rec}, {@code err}, {@code pong} out.
 */
final class BridgeFrames {
  static final Buffer PONG = Buffer.buffer("{\"type\":\"pong\"}");

  private static final int ADDRESS_CHARACTERS = 200;

  /**
   * A frame from a browser.
   *
   * @param address null in a ping
   * @param replyAddress the browser's own name for the answer; null when it wants none
   * @param body whatever was sent; null when nothing was
   */
  record Inbound(String type, String address, String replyAddress, Object body) {}

  /** What is wrong with a frame, in the bridge's word. */
  static final class BadFrame extends Exception {
    private static final long serialVersionUID = 1L;

    BadFrame(String word) {
      super(word, null, false, false);
    }
  }

  private BridgeFrames() {}

  static Inbound read(Buffer data) throws BadFrame {
    JsonObject frame = json(data);
    String type = text(frame, "type");
    if (type == null) {
      throw new BadFrame("missing_type");
    }
    String address = text(frame, "address");
    if (address == null && !type.equals("ping")) {
      throw new BadFrame("missing_address");
    }
    return new Inbound(type, address, text(frame, "replyAddress"), frame.getValue("body"));
  }

  private static JsonObject json(Buffer data) throws BadFrame {
    try {
      if (Json.decodeValue(data) instanceof JsonObject frame) {
        return frame;
      }
    } catch (DecodeException e) {
      throw new BadFrame("invalid_json");
    }
    throw new BadFrame("invalid_json");
  }

  private static String text(JsonObject frame, String name) throws BadFrame {
    Object value = frame.getValue(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw new BadFrame("invalid_" + name);
    }
    if (text.length() > ADDRESS_CHARACTERS) {
      throw new BadFrame("max_address_length_reached");
    }
    return text;
  }

  /** An error that belongs to no question. */
  static Buffer error(String word) {
    return Buffer.buffer("{\"type\":\"err\",\"body\":\"" + word + "\"}");
  }

  /** A question's answer. */
  static Buffer answer(String replyAddress, byte[] json) {
    byte[] head =
        ("{\"type\":\"rec\",\"address\":" + Json.encode(replyAddress) + ",\"body\":")
            .getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer(head.length + json.length + 1)
        .appendBytes(head)
        .appendBytes(json)
        .appendByte((byte) '}');
  }

  /** A question's failure. */
  static Buffer refusal(String replyAddress, QueryFailure failure) {
    return new JsonObject()
        .put("type", "err")
        .put("address", replyAddress)
        .put("failureCode", failure.code())
        .put("failureType", failureType(failure.code()))
        .put("message", failure.getMessage())
        .toBuffer();
  }

  private static String failureType(int code) {
    return switch (code) {
      case QueryFailure.UNAVAILABLE -> "NO_HANDLERS";
      case QueryFailure.TIMEOUT -> "TIMEOUT";
      default -> "RECIPIENT_FAILURE";
    };
  }
}
