package org.qstatmesh.mesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.broadcast.notify.HookEvent;
import org.qstatmesh.broadcast.notify.HookFormat;
import org.qstatmesh.broadcast.notify.HookRule;

/** What {@code notify.hooks} may say; what it may not is among the bad cases. */
@Timeout(30)
class ConfHookTest {
  @TempDir Path conf;
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private List<HookConfig> hooks(String hooks) throws Exception {
    Files.writeString(
        conf.resolve("mesh.json"),
        "{\"clusters\":{\"hpc1\":{\"ssh\":null}},\"notify\":{\"hooks\":" + hooks + "}}");
    return new ConfDirectory(vertx, conf)
        .load()
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .hooks();
  }

  @Test
  void everyPropertyIsSeen() throws Exception {
    Path secret = secret("rw-------", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    assertEquals(
        List.of(
            new HookConfig(
                "chat",
                URI.create("https://chat.example/hooks/a?b=c"),
                HookFormat.SLACK,
                secret,
                null,
                List.of(
                    new HookRule(
                        HookEvent.CLUSTER_DOWN, Set.of("hpc1"), Duration.ofSeconds(7), 1, ""),
                    new HookRule(HookEvent.CORES_FREE, Set.of(), HookRule.USUAL_AFTER, 64, ""),
                    new HookRule(
                        HookEvent.JOB_FINISHED, Set.of(), HookRule.USUAL_AFTER, 1, "alice")),
                Duration.ofSeconds(61))),
        hooks(
            """
            {"chat":{"url":"https://chat.example/hooks/a?b=c","format":"slack","secretFile":"secret",
              "caFile":null,"minimumIntervalSeconds":61,
              "when":[{"event":"clusterDown","clusters":["hpc1"],"afterSeconds":7},
                {"event":"coresFree","clusters":["hpc1","*"],"cores":64},
                {"event":"jobFinished","jobOwner":"alice"}]}}
            """));
  }

  @Test
  void whatIsNotSaidIsAsDocumented() throws Exception {
    HookConfig hook =
        hooks("{\"near\":{\"url\":\"http://[::1]:99/\",\"when\":[{\"event\":\"nodeDown\"}]}}")
            .get(0);
    JsonObject schema =
        new JsonObject(Files.readString(Path.of("../../conf/schema/mesh.schema.json")))
            .getJsonObject("$defs");
    assertEquals("json", fallback(schema, "hook", "format"));
    assertEquals(HookFormat.JSON, hook.format());
    assertEquals(null, hook.secretFile());
    assertEquals(
        fallback(schema, "hook", "minimumIntervalSeconds"),
        (int) hook.minimumInterval().toSeconds());
    assertEquals(
        fallback(schema, "hookRule", "afterSeconds"),
        (int) hook.rules().get(0).after().toSeconds());
    assertEquals(new JsonArray().add("*"), fallback(schema, "hookRule", "clusters"));
    assertEquals(Set.of(), hook.rules().get(0).clusters());
  }

  private static Object fallback(JsonObject schema, String part, String property) {
    return schema
        .getJsonObject(part)
        .getJsonObject("properties")
        .getJsonObject(property)
        .getValue("default");
  }

  @Test
  void aSecretIsForUsAloneAndIsNotRepeated() throws Exception {
    secret("rw-r--r--", "hunter2");
    assertEquals(conf.resolve("secret") + " is open to others: chmod 600 it", secretProblem());
    secret("rw-------", "hunter2");
    assertFalse(secretProblem().contains("hunter2"), secretProblem());
  }

  private String secretProblem() {
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () ->
                hooks(
                    """
                    {"chat":{"url":"https://chat.example/","secretFile":"secret",
                      "when":[{"event":"nodeDown"}]}}
                    """));
    ConfException thrown = assertInstanceOf(ConfException.class, failed.getCause());
    assertEquals(1, thrown.problems().size(), thrown.toString());
    assertEquals("/notify/hooks/chat/secretFile", thrown.problems().get(0).pointer());
    return thrown.problems().get(0).message();
  }

  private Path secret(String mode, String text) throws Exception {
    Path file = Files.writeString(conf.resolve("secret"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
