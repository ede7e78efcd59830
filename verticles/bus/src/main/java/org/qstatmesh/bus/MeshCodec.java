package org.qstatmesh.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The one codec of the mesh bus: the same instance inside a JVM, JSON between JVMs. On the wire:
 * {@link #PROTOCOL} (int), length of the type's simple name (int), the name, length of the JSON
 * (int), the JSON. A message of another protocol is refused by {@link IllegalArgumentException}.
 */
public final class MeshCodec implements MessageCodec<MeshMessage, MeshMessage> {
  /**
   * Version of what nodes say to each other; it changes when an older node could misread it, which
   * {@code MessageFilesTest} finds out.
   */
  public static final int PROTOCOL = 1;

  static final String NAME = "qstat-mesh";

  private final Map<String, Class<?>> types = new HashMap<>();

  MeshCodec() {
    register(MeshMessage.class);
  }

  /** Teaches a Vert.x the messages of the mesh; once per Vert.x, before the first stage starts. */
  public static void install(Vertx vertx) {
    vertx.eventBus().registerCodec(new MeshCodec());
  }

  private void register(Class<?> type) {
    if (!type.isSealed()) {
      types.put(type.getSimpleName(), type);
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      register(permitted);
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, MeshMessage message) {
    if (message instanceof NodeMessage) {
      throw new UnsupportedOperationException(
          message.getClass().getSimpleName() + " stays on its node");
    }
    byte[] name = message.getClass().getSimpleName().getBytes(StandardCharsets.UTF_8);
    byte[] json = MeshJson.encode(message);
    buffer
        .appendInt(PROTOCOL)
        .appendInt(name.length)
        .appendBytes(name)
        .appendInt(json.length)
        .appendBytes(json);
  }

  @Override
  public MeshMessage decodeFromWire(int position, Buffer buffer) {
    int protocol = buffer.getInt(position);
    if (protocol != PROTOCOL) {
      throw new IllegalArgumentException(
          "a node speaks protocol " + protocol + " of the mesh, this one " + PROTOCOL);
    }
    int nameAt = position + 2 * Integer.BYTES;
    int jsonAt = nameAt + buffer.getInt(position + Integer.BYTES);
    String name = buffer.getString(nameAt, jsonAt, StandardCharsets.UTF_8.name());
    int jsonLength = buffer.getInt(jsonAt);
    byte[] json = buffer.getBytes(jsonAt + Integer.BYTES, jsonAt + Integer.BYTES + jsonLength);
    Class<?> type = types.get(name);
    if (type == null || NodeMessage.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "no message of the mesh is called " + Printable.escape(name));
    }
    return (MeshMessage) MeshJson.decode(json, type);
  }

  @Override
  public MeshMessage transform(MeshMessage message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
