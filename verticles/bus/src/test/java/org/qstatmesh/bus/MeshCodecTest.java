package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class MeshCodecTest {
  private final MessageCodec<MeshMessage, MeshMessage> codec = new MeshCodec();

  static Stream<MeshMessage> crossing() {
    return Samples.ALL.stream().filter(message -> !(message instanceof NodeMessage));
  }

  static Stream<MeshMessage> staying() {
    return Samples.ALL.stream().filter(NodeMessage.class::isInstance);
  }

  @Test
  void samplesHoldEveryMessage() {
    Set<Class<?>> known =
        Stream.of(MeshMessage.class, NodeMessage.class)
            .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
            .filter(type -> !type.isInterface())
            .collect(Collectors.toSet());
    assertEquals(known, Samples.ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("crossing")
  void comesBackEqualFromTheWire(MeshMessage message) {
    Buffer buffer = Buffer.buffer("before");
    codec.encodeToWire(buffer, message);
    assertEquals(message, codec.decodeFromWire("before".length(), buffer));
  }

  @ParameterizedTest
  @MethodSource("staying")
  void nodeMessagesNeverReachTheWire(MeshMessage message) {
    assertThrows(
        UnsupportedOperationException.class, () -> codec.encodeToWire(Buffer.buffer(), message));
  }

  @Test
  void refusesTypesThatAreNoMessages() {
    assertThrows(
        IllegalArgumentException.class, () -> codec.decodeFromWire(0, frame("Runtime", "{}")));
    assertThrows(
        IllegalArgumentException.class,
        () -> codec.decodeFromWire(0, frame("TunnelWanted", "{\"cluster\":\"hpc1\"}")));
  }

  @Test
  void refusesAnotherProtocolByItsNumber() {
    Buffer buffer = frame("SnapshotStored", "{\"cluster\":\"c\",\"snapshotId\":\"s\"}");
    buffer.setInt(0, 2);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> codec.decodeFromWire(0, buffer));
    assertEquals("a node speaks protocol 2 of the mesh, this one 1", refusal.getMessage());
  }

  @Test
  void ignoresFieldsOfANewerRelease() {
    Buffer buffer =
        frame("SnapshotStored", "{\"cluster\":\"c\",\"snapshotId\":\"s\",\"extra\":[1,{\"a\":2}]}");
    assertEquals(new SnapshotStored("c", "s"), codec.decodeFromWire(0, buffer));
  }

  /** A node of an older release knows nothing of what is filled in. */
  @Test
  void aSnapshotThatIsNotSaidToBeFilledInIsNews() {
    String summary = new String(MeshJson.encode(Samples.SUMMARY), StandardCharsets.UTF_8);
    Buffer buffer = frame("SnapshotTaken", "{\"summary\":" + summary + "}");
    assertEquals(new SnapshotTaken(Samples.SUMMARY, false), codec.decodeFromWire(0, buffer));
  }

  @Test
  void absentIsWrittenAsNull() {
    String json =
        new String(
            MeshJson.encode(ClusterSummary.neverSeen("hpc1", "HPC 1", 100)),
            StandardCharsets.UTF_8);
    assertTrue(json.contains("\"slots\":null"), json);
    assertTrue(json.contains("\"observedAtEpochMillis\":null"), json);
  }

  @Test
  void handsOverTheSameInstanceInsideAJvm() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      MeshCodec.install(vertx);
      var arrived = new CompletableFuture<SnapshotTaken>();
      Subscription subscription = Addresses.SNAPSHOT_TAKEN.subscribe(vertx, arrived::complete);
      subscription.ready().toCompletionStage().toCompletableFuture().get();
      SnapshotTaken sent = new SnapshotTaken(Samples.SUMMARY);
      Addresses.SNAPSHOT_TAKEN.publish(vertx, sent);
      assertSame(sent, arrived.get());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  @Test
  void whoPublishesGoesOnWhereTheBusCannot() throws Exception {
    Vertx vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    vertx.close().toCompletionStage().toCompletableFuture().get();
    SnapshotStored message = new SnapshotStored("hpc1", "a");
    assertThrows(RejectedExecutionException.class, () -> vertx.eventBus().publish("a", "plain"));
    Addresses.SNAPSHOT_STORED.publish(vertx, message);
  }

  private static Buffer frame(String name, String json) {
    return Buffer.buffer()
        .appendInt(MeshCodec.PROTOCOL)
        .appendInt(name.length())
        .appendString(name)
        .appendInt(json.length())
        .appendString(json);
  }
}
