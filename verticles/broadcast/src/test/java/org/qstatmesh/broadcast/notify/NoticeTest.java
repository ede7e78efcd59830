package org.qstatmesh.broadcast.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.broadcast.notify.Rows.START;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.wire.NodeState;

/** Bodies, whatever the strings of clusters and users hold. */
class NoticeTest {
  private static final String HOSTILE =
      "<!channel> @all [x](http://evil) ![x](http://evil/t.png) `\u001b[2J\u202e\n\"}&";

  @Test
  void aJsonBodyHoldsAllThatIsKnown() {
    JsonObject json = new JsonObject(body(HookFormat.JSON, "no route"));
    assertEquals(
        List.of("id", "event", "cluster", "title", "atEpochMillis", "text", "failure"),
        List.copyOf(json.fieldNames()));
    assertEquals("clusterDown", json.getString("event"));
    assertEquals("hpc1", json.getString("cluster"));
    assertEquals("HPC 1", json.getString("title"));
    JsonObject failure = json.getJsonObject("failure");
    assertEquals("SSH_UNREACHABLE", failure.getString("code"));
    assertEquals("no route", failure.getString("detail"));
  }

  @Test
  void inAChatStringsOfOthersAreCode() {
    JsonObject json = new JsonObject(body(HookFormat.SLACK, HOSTILE));
    assertEquals(List.of("text"), List.copyOf(json.fieldNames()));
    assertEquals(
        "HPC 1 has not answered for 10 min: SSH_UNREACHABLE, "
            + "`&lt;!channel&gt; ＠all [x](http://evil) ![x](http://evil/t.png) "
            + "'\\u001b[2J\\u202e\\u000a\"}&amp;`; try: `is login up?`",
        json.getString("text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "SLACK", "TEXT"})
  void noFormatLetsControlCharactersThrough(HookFormat format) {
    String body = body(format, HOSTILE);
    String line = format == HookFormat.TEXT ? body.substring(0, body.length() - 1) : body;
    assertTrue(line.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202e), body);
    assertTrue(body.length() > 50, body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "SLACK", "TEXT"})
  void aBodyIsShortHoweverLongNamesAre(HookFormat format) {
    String wide = "\u4e16\u0001".repeat(10_000);
    for (HookEvent event : List.of(HookEvent.NODE_DOWN, HookEvent.JOB_STARTED)) {
      HookRule rule = new HookRule(event, Set.of(), HookRule.USUAL_AFTER, 1, wide);
      HookWatch watch = new HookWatch(Rows.hook(rule), START);
      watch.changed(
          Rows.changes(
              START,
              IntStream.range(0, 100)
                  .mapToObj(i -> Rows.job(JobChange.STARTED, START, wide, wide + i, null))
                  .toList(),
              IntStream.range(0, 100)
                  .mapToObj(i -> Rows.node(START, wide + i, NodeState.FREE, NodeState.DOWN))
                  .toList()));
      byte[] body = only(watch).body(format);
      assertTrue(body.length <= 16_384, event + " " + body.length);
    }
  }

  private static Notice only(HookWatch watch) {
    List<Notice> told = new ArrayList<>();
    watch.look(List.of(Rows.up(START, 3)), START, told::add);
    assertEquals(1, told.size());
    return told.get(0);
  }

  private static String body(HookFormat format, String detail) {
    HookWatch watch = new HookWatch(Rows.hook(Rows.rule(HookEvent.CLUSTER_DOWN)), START);
    List<Notice> told = new ArrayList<>();
    watch.look(List.of(Rows.down(START, START, detail)), START + 600_000, told::add);
    return new String(told.get(0).body(format), UTF_8);
  }

  @Test
  void twoNodesGiveAnEventTheSameId() {
    assertEquals(
        new JsonObject(body(HookFormat.JSON, "x")).getString("id"),
        new JsonObject(body(HookFormat.JSON, "y")).getString("id"));
    assertNotEquals(Notice.id("a", "bc"), Notice.id("ab", "c"));
  }

  /** The example of the Standard Webhooks specification's own libraries. */
  @Test
  void aBodyIsSignedAsTheSpecificationSays() {
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        HookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nnext line")
            .sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}".getBytes(UTF_8)));
  }

  @Test
  void aSecretThatIsNoneIsToldWithoutTellingIt() {
    String tooShort = "whsec_" + Base64.getEncoder().encodeToString(new byte[23]);
    for (String bad : List.of("", "hunter2", "whsec_hunter2!", tooShort)) {
      String problem = HookSecret.problem(bad).orElseThrow();
      assertFalse(problem.contains("hunter2"), problem);
    }
    assertTrue(
        HookSecret.problem("whsec_" + Base64.getEncoder().encodeToString(new byte[24])).isEmpty());
  }

  @Test
  void aHookShowsItsHostOnly() {
    HookConfig hook =
        Rows.hook(
            URI.create("https://chat.example/hooks/token?key=secret"), HookFormat.JSON, null, null);
    assertEquals("hook chat at chat.example", hook.toString());
  }
}
