package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.QueryFailure;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryDeskTest {
  private static final JsonObject OF_HPC1 = new JsonObject().put("cluster", "hpc1");

  private static Future<byte[]> json(String text) {
    return Future.succeededFuture(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theAnswerGoesToTheAskersOwnAddress() throws Exception {
    GridQuestions echo =
        question -> json("{\"of\":\"" + ((GridQuestion.Nodes) question).cluster() + "\"}");
    try (Served served = new Served(echo)) {
      Browser browser = served.browser();
      Browser other = served.browser();
      String odd = "a \"reply\" \\ address";
      browser.send(Browser.question("grid.nodes.query", odd, OF_HPC1));
      JsonObject answer = browser.next();
      assertEquals("rec", answer.getString("type"));
      assertEquals(odd, answer.getString("address"));
      assertEquals("hpc1", answer.getJsonObject("body").getString("of"));
      other.settle();
      assertEquals(0, other.framesWaiting());
      assertEquals(1, served.meters.get("qstatmesh.broadcast.query").timer().count());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, RECIPIENT_FAILURE",
    "404, RECIPIENT_FAILURE",
    "413, RECIPIENT_FAILURE",
    "503, NO_HANDLERS",
    "504, TIMEOUT"
  })
  void failuresAreTheBridgesErrorFrames(int code, String type) throws Exception {
    try (Served served =
        new Served(question -> Future.failedFuture(new QueryFailure(code, "a reason")))) {
      JsonObject refusal = served.browser().ask("grid.nodes.query", OF_HPC1);
      assertEquals("err", refusal.getString("type"));
      assertEquals(code, refusal.getInteger("failureCode"));
      assertEquals(type, refusal.getString("failureType"));
      assertEquals("a reason", refusal.getString("message"));
    }
  }

  @Test
  void whatFailsOtherwiseDoesNotTellHow() throws Exception {
    try (Served served =
        new Served(question -> Future.failedFuture(new IllegalStateException("/secret/path")))) {
      JsonObject refusal = served.browser().ask("grid.nodes.query", OF_HPC1);
      assertEquals(500, refusal.getInteger("failureCode"));
      assertTrue(!refusal.encode().contains("secret"));
    }
  }

  @Test
  void refusedQuestionsAreNeverPut() throws Exception {
    AtomicInteger put = new AtomicInteger();
    try (Served served =
        new Served(
            question -> {
              put.incrementAndGet();
              return json("{}");
            })) {
      Browser browser = served.browser();
      assertEquals(
          404,
          browser
              .ask("grid.nodes.query", new JsonObject().put("cluster", "none"))
              .getInteger("failureCode"));
      assertEquals(400, browser.ask("grid.job.query", OF_HPC1).getInteger("failureCode"));
      assertEquals(403, browser.ask("mesh.nodes.query.hpc1", OF_HPC1).getInteger("failureCode"));
      assertEquals(403, browser.ask("__vertx.reply.1", OF_HPC1).getInteger("failureCode"));
      assertEquals(0, put.get());
    }
  }

  @Test
  void anAnswerThatIsTooLongIsRefused() throws Exception {
    String tooLong = "\"" + "x".repeat(BrowserLimits.DEFAULT.answerBytes()) + "\"";
    try (Served served = new Served(question -> json(tooLong))) {
      JsonObject refusal = served.browser().ask("grid.nodes.query", OF_HPC1);
      assertEquals(413, refusal.getInteger("failureCode"));
    }
  }

  @Test
  void questionsWaitTheirTurnAndTooManyAreRefused() throws Exception {
    ConcurrentLinkedQueue<Promise<byte[]>> open = new ConcurrentLinkedQueue<>();
    GridQuestions slow =
        question -> {
          Promise<byte[]> promise = Promise.promise();
          open.add(promise);
          return promise.future();
        };
    try (Served served = new Served(slow)) {
      Browser greedy = served.browser();
      int asked = 4 + 64 + 2;
      for (int i = 0; i < asked; i++) {
        greedy.send(Browser.question("grid.nodes.query", "r" + i, OF_HPC1));
      }
      for (String refused : List.of("r68", "r69")) {
        JsonObject refusal = greedy.next();
        assertEquals(refused, refusal.getString("address"));
        assertEquals(503, refusal.getInteger("failureCode"));
      }
      assertEquals(4, open.size(), "of one browser at a time");

      Browser modest = served.browser();
      modest.send(Browser.question("grid.nodes.query", "mine", OF_HPC1));
      Eventually.holds("another browser is served meanwhile", () -> open.size() == 5);

      for (int answers = 0; answers < 68 + 1; answers++) {
        Eventually.holds("the next is put", () -> !open.isEmpty());
        assertTrue(open.size() <= 5);
        open.remove().complete("{}".getBytes(StandardCharsets.UTF_8));
      }
      Set<String> answered = new HashSet<>();
      for (int answers = 0; answers < 68; answers++) {
        answered.add(greedy.next().getString("address"));
      }
      assertEquals(68, answered.size());
      assertEquals("mine", modest.next().getString("address"));
    }
  }

  @Test
  void questionsOfABrowserThatLeftAreForgotten() throws Exception {
    ConcurrentLinkedQueue<Promise<byte[]>> open = new ConcurrentLinkedQueue<>();
    GridQuestions slow =
        question -> {
          Promise<byte[]> promise = Promise.promise();
          open.add(promise);
          return promise.future();
        };
    try (Served served = new Served(slow)) {
      Browser leaving = served.browser();
      for (int i = 0; i < 20; i++) {
        leaving.send(Browser.question("grid.nodes.query", "r" + i, OF_HPC1));
      }
      leaving.settle();
      leaving.close();
      Eventually.holds("it is gone", () -> served.gauge("sockets") == 0);
      open.forEach(promise -> promise.complete("{}".getBytes(StandardCharsets.UTF_8)));
      Browser next = served.browser();
      next.send(Browser.question("grid.nodes.query", "mine", OF_HPC1));
      Eventually.holds("the next browser is served", () -> open.size() == 5);
      next.settle();
      assertEquals(5, open.size());
    }
  }
}
