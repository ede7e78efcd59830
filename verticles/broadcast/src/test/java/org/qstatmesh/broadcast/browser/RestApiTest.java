package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.broadcast.feed.FeedQuery;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.JobQuery;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.WaitsQuery;
import org.qstatmesh.wire.JobState;

/** {@code /api/v1/} over raw HTTP; the test is whom questions are put to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestApiTest {
  private static final String API = "/api/v1";
  private static final String HPC1 = API + "/clusters/hpc1";
  private static final Set<String> CLUSTERS = Set.of("hpc1", "hpc2");

  private static final AtomicReference<GridQuestion> ASKED = new AtomicReference<>();
  private static Served served;
  private static RawHttp http;

  @BeforeAll
  static void start() {
    served =
        new Served(RestApiTest::answer, BrowserLimits.DEFAULT, List.of("https://grid.example"));
    http = new RawHttp(served.port());
    served.push("hpc1", "first");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Future<byte[]> answer(GridQuestion question) {
    ASKED.set(question);
    if (question instanceof GridQuestion.OneJob job) {
      return switch (job.query().jobId()) {
        case "none" -> Future.failedFuture(new QueryFailure(404, "no such job"));
        case "silent" -> Future.failedFuture(new QueryFailure(504, "no answer in time"));
        case "odd" -> Future.failedFuture(new QueryFailure(-1, "of another release"));
        case "broken" -> Future.failedFuture(new IllegalStateException("secret"));
        case "long" -> Future.succeededFuture(new byte[4 * 1_024 * 1_024 + 1]);
        default -> Future.succeededFuture(bytes("{}"));
      };
    }
    return Future.succeededFuture(bytes("{\"answer\":1}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static GridQuestion asked(String target) throws IOException {
    ASKED.set(null);
    RawHttp.Answer answer = http.get(target);
    assertEquals(200, answer.status, answer::text);
    assertEquals("no-store", answer.header("cache-control"));
    return ASKED.get();
  }

  private static JsonObject assertProblem(RawHttp.Answer answer, int status) {
    assertEquals(status, answer.status, answer::text);
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals("no-store", answer.header("cache-control"));
    assertSecure(answer);
    JsonObject problem = new JsonObject(answer.text());
    assertEquals(status, problem.getInteger("status"));
    assertNotNull(problem.getString("title"));
    return problem;
  }

  private static void assertSecure(RawHttp.Answer answer) {
    assertTrue(answer.header("content-security-policy").startsWith("default-src 'none'"));
    assertEquals("nosniff", answer.header("x-content-type-options"));
    assertEquals("no-referrer", answer.header("referrer-policy"));
  }

  @Test
  void parametersBecomeTheFieldsOfTheBrowsersQuestions() throws Exception {
    assertEquals(
        new GridQuestion.Jobs(
            "hpc1",
            new JobsQuery(
                new JobsQuery.Filter("a b", "chem", "acct", JobState.QUEUED, "batch", "x&y=ü"),
                "-slots",
                20,
                10)),
        asked(
            HPC1
                + "/jobs?owner=a+b&group=chem&account=acct&state=QUEUED&queue=batch"
                + "&text=x%26y%3D%C3%BC&sort=-slots&offset=20&limit=10"));
    assertEquals(
        new GridQuestion.Jobs("hpc1", new JobsQuery(null, null, 0, 100)), asked(HPC1 + "/jobs"));
    assertEquals(
        new GridQuestion.OneJob("hpc1", new JobQuery("52[].a+b/c")),
        asked(HPC1 + "/jobs/52%5B%5D.a+b%2Fc"));
    assertEquals(new GridQuestion.Nodes("hpc1"), asked(HPC1 + "/nodes?"));
    assertEquals(new GridQuestion.Nodes("hpc1"), asked(API + "/clusters/%68pc1/nodes"));
    assertEquals(
        new GridQuestion.At(new AtQuery(1_795_356_180_000L), CLUSTERS),
        asked(API + "/at?at=2026-11-22T14:03:00Z"));
    assertEquals(
        new GridQuestion.Waits(new WaitsQuery("hpc2", 1, 2), CLUSTERS),
        asked(API + "/waits?cluster=hpc2&from=1&to=2"));
    assertEquals(
        new GridQuestion.Fit(new FitQuery(2, 16, null, 1, 5_000_000_000L, 3_600L), CLUSTERS),
        asked(
            API
                + "/fit?nodes=2&slotsPerNode=16&gpusPerNode=1&memoryBytesPerNode=5000000000"
                + "&walltimeSeconds=3600"));
    assertEquals(
        new GridQuestion.Fit(new FitQuery(1, null, 64, 0, null, null), Set.of("hpc2")),
        asked(API + "/fit?slots=64&cluster=hpc2"));
    assertEquals(
        new GridQuestion.Events(new EventsQuery("hpc1", 1, 2, "alice", 7)),
        asked(HPC1 + "/events?from=1&to=2&owner=alice&limit=7"));
    assertEquals(
        new GridQuestion.Feed(new FeedQuery("hpc1", 1, 2, 7)),
        asked(HPC1 + "/changes?from=1&to=2&limit=7"));
  }

  @Test
  void timesAreMillisecondsOrHaveTheirZone() throws Exception {
    HistoryQuery expected =
        new HistoryQuery(
            "hpc1",
            HistoryQuery.Dimension.USER,
            HistoryQuery.Measure.RUNNING_SLOTS,
            1_795_352_400_000L,
            1_795_356_000_000L,
            100,
            3,
            true);
    String rest = "&dimension=user&measure=runningSlots&maxPoints=100&top=3&band=true";
    for (String range :
        List.of(
            "from=1795352400000&to=1795356000000",
            "from=2026-11-22T13:00:00Z&to=2026-11-22T14:00:00Z",
            "from=2026-11-22T14:00%2B01:00&to=2026-11-22T15:00+01:00")) {
      assertEquals(
          new GridQuestion.History(expected), asked(HPC1 + "/history?" + range + rest), range);
    }
  }

  @Test
  void aRangeMayEndNow() throws Exception {
    long before = System.currentTimeMillis();
    EventsQuery past = ((GridQuestion.Events) asked(HPC1 + "/events?past=24h")).query();
    EventsQuery open = ((GridQuestion.Events) asked(HPC1 + "/events?from=5")).query();
    long after = System.currentTimeMillis();
    assertEquals(86_400_000, past.toEpochMillis() - past.fromEpochMillis());
    for (EventsQuery query : List.of(past, open)) {
      assertTrue(query.toEpochMillis() >= before && query.toEpochMillis() <= after);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/clusters/hpc1/jobs?limit=0 | 400 | limit: between",
        "/clusters/hpc1/jobs?limit=ten | 400 | limit: must be a whole number",
        "/clusters/hpc1/jobs?limit=1.5 | 400 | limit: must be a whole number",
        "/clusters/hpc1/jobs?limit= | 400 | limit: must be a whole number",
        "/clusters/hpc1/jobs?limit=4294967297 | 400 | limit: is out of range",
        "/clusters/hpc1/jobs?limit=99999999999999999999 | 400 | limit: must be a whole number",
        "/clusters/hpc1/jobs?offset=-1 | 400 | offset: must not be negative",
        "/clusters/hpc1/jobs?state=queued | 400 | state: one of",
        "/clusters/hpc1/jobs?jobOwner=alice | 400 | jobOwner: is not known; known are owner,",
        "/clusters/hpc1/jobs?owner=a&owner=b | 400 | owner: is there twice",
        "/clusters/hpc1/jobs?owner=a&%6Fwner=b | 400 | owner: is there twice",
        "/clusters/hpc1/jobs?%zz | 400 | a % must",
        "/clusters/hpc1/jobs?owner=%e | 400 | a % must",
        "/clusters/hpc1/jobs?<script> | 400 | <script>: is not known",
        "/clusters/hpc1/jobs?format=xml | 400 | format: one of",
        "/clusters/hpc1?format=csv | 400 | format: is not known",
        "/clusters?x | 400 | x: is not known",
        "/openapi.json?x=1 | 400 | x: is not known",
        "/clusters/hpc1/events | 400 | from: is missing",
        "/clusters/hpc1/events?from=2&to=2 | 400 | to: must be after from",
        "/clusters/hpc1/events?from=now | 400 | from: must be milliseconds",
        "/clusters/hpc1/events?from=2026-11-22T14:00:00 | 400 | from: must be milliseconds",
        "/clusters/hpc1/events?from=%2B999999999-01-01T00:00Z | 400 | from: must be milliseconds",
        "/clusters/hpc1/events?past=0h | 400 | past: must be a length",
        "/clusters/hpc1/events?past=24h&to=5 | 400 | past: not together",
        "/clusters/hpc1/events?past=1h&limit=1001 | 400 | limit: between",
        "/clusters/hpc1/history?past=1h | 400 | dimension: is missing",
        "/clusters/hpc1/history?past=1h&dimension=user&measure=x | 400 | measure: one of",
        "/clusters/hpc1/history?past=1h&dimension=user&measure=queuedJobs&band=1 | 400 | band: must be",
        "/clusters/hpc1/history?past=1h&dimension=user&measure=queuedJobs&top=51 | 400 | top: between",
        "/waits?past=1h&cluster=other | 404 | cluster: there is none",
        "/at | 400 | at: is missing",
        "/fit | 400 | slotsPerNode: is missing",
        "/fit?slots=1&nodes=2 | 400 | nodes: not together with slots",
        "/fit?slots=64&cluster=other | 404 | cluster: there is none",
        "/at?at=-1 | 400 | at: must not be negative",
        "/clusters/other | 404 | cluster: there is none",
        "/clusters/other/nodes | 404 | cluster: there is none",
        "/clusters/HPC1 | 404 | cluster: there is none",
        "/clusters/hpc1%00 | 400 | cluster: must not hold control",
        "/clusters/hpc1/jobs/1%00 | 400 | jobId: must not hold control",
        "/clusters/hpc1/jobs/1%0d%0aX:1 | 400 | jobId: must not hold control",
        "/clusters/hpc1/jobs/%zz | 400 | jobId: a % must",
        "/clusters/..%2f..%2fhpc1 | 404 | cluster: there is none",
        "/clusters/%2e%2e/hpc1 | 404 | there is nothing here",
        "/clusters/../hpc1/x | 404 | there is nothing here",
        "/clusters/ | 404 | there is nothing here",
        "/clusters/hpc1/ | 404 | there is nothing here",
        "/clusters/hpc1/jobs/ | 404 | there is nothing here",
        "//clusters | 404 | there is nothing here",
        "/Clusters | 404 | there is nothing here",
        "/ | 404 | there is nothing here",
        "'' | 404 | there is nothing here",
        "/clusters/hpc1/jobs/none | 404 | no such job",
        "/clusters/hpc1/jobs/silent | 504 | no answer in time",
        "/clusters/hpc1/jobs/odd | 500 | of another release",
        "/clusters/hpc1/jobs/broken | 500 | the question could not be put",
        "/clusters/hpc1/jobs/long | 413 | the answer is too long",
        "/clusters/hpc2 | 503 | nothing is known yet"
      })
  void refusalsSayWhatIsWrong(String target, int status, String detail) throws Exception {
    RawHttp.Answer answer = http.get(API + target);
    JsonObject problem = assertProblem(answer, status);
    assertTrue(problem.getString("detail").startsWith(detail), problem::encode);
    assertEquals(status == 503, answer.header("retry-after") != null);
  }

  @Test
  void hugeAndManyParametersAreRefused() throws Exception {
    assertProblem(http.get(HPC1 + "/jobs?owner=" + "x".repeat(257)), 400);
    assertProblem(http.get(HPC1 + "/jobs?" + "x".repeat(3_000) + "=1"), 400);
    assertProblem(http.get(HPC1 + "/jobs?" + "owner&".repeat(600)), 400);
    assertProblem(http.get(HPC1 + "/jobs/" + "x".repeat(257)), 400);
    RawHttp.Answer tooLong = http.get(HPC1 + "/jobs?owner=" + "x".repeat(10_000));
    assertEquals(414, tooLong.status);
    assertSecure(tooLong);
    assertEquals(200, http.get(HPC1 + "/nodes?" + "&".repeat(20)).status);
  }

  @Test
  void aRowIsWhatBrowsersGet() throws Exception {
    Browser browser = served.browser().register("grid.cluster.hpc1");
    JsonObject row = browser.row("grid.cluster.hpc1");
    RawHttp.Answer answer = http.get(HPC1);
    assertEquals(200, answer.status);
    assertEquals("application/json", answer.header("content-type"));
    assertEquals("no-cache", answer.header("cache-control"));
    assertSecure(answer);
    JsonObject told = new JsonObject(answer.text());
    assertNotNull(told.remove("serverTimeEpochMillis"));
    row.remove("serverTimeEpochMillis");
    assertEquals(row, told);
  }

  @Test
  void aRowThatTheAskerHasIsNotSentAgain() throws Exception {
    served.push("hpc1", "before");
    served.browser().settle();
    String tag = http.get(HPC1).header("etag");
    assertTrue(tag.startsWith("W/\""), tag);
    for (String known : List.of(tag, tag.substring(2), "\"x\", " + tag, "*")) {
      RawHttp.Answer again = http.get(HPC1, "If-None-Match: " + known);
      assertEquals(304, again.status, known);
      assertEquals(0, again.body.length);
      assertEquals(tag, again.header("etag"));
      assertSecure(again);
    }
    served.push("hpc1", "after");
    served.browser().settle();
    RawHttp.Answer news = http.get(HPC1, "If-None-Match: " + tag);
    assertEquals(200, news.status);
    assertNotEquals(tag, news.header("etag"));
    assertTrue(news.text().contains("after"));
  }

  @Test
  void theDescriptionIsThere() throws Exception {
    RawHttp.Answer document = http.get(API + "/openapi.json");
    assertEquals(200, document.status);
    assertEquals("3.1.0", new JsonObject(document.text()).getString("openapi"));
    String tag = document.header("etag");
    assertEquals(304, http.get(API + "/openapi.json", "If-None-Match: " + tag).status);
  }

  @Test
  void tablesComeAsFiles() throws Exception {
    RawHttp.Answer csv = http.get(HPC1 + "/nodes?format=csv");
    assertEquals(200, csv.status);
    assertEquals("text/csv; charset=utf-8; header=present", csv.header("content-type"));
    assertEquals("attachment; filename=\"hpc1-nodes.csv\"", csv.header("content-disposition"));
    assertEquals(new GridQuestion.AsTable(new GridQuestion.Nodes("hpc1")), ASKED.get());
    assertEquals(
        "attachment; filename=\"waits.csv\"",
        http.get(API + "/waits?past=1d&format=csv").header("content-disposition"));
    assertNull(http.get(HPC1 + "/nodes?format=json").header("content-disposition"));
    assertNull(http.get(HPC1 + "/events?format=csv").header("content-disposition"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/clusters/hpc1 | application/json | 200",
        "/clusters/hpc1 | text/html, */*;q=0.8 | 200",
        "/clusters/hpc1 | APPLICATION/*;q=0.1 | 200",
        "/clusters/hpc1 | text/html | 406",
        "/clusters/hpc1 | */*, application/json;q=0 | 406",
        "/clusters/hpc1 | text/*, application/*; q=0.0 | 406",
        "/clusters/hpc1/nodes | text/csv | 406",
        "/clusters/hpc1/nodes?format=csv | text/csv | 200",
        "/clusters/hpc1/nodes?format=csv | application/json | 406"
      })
  void onlyWhatIsTakenIsSent(String target, String accept, int status) throws Exception {
    RawHttp.Answer answer = http.get(API + target, "Accept: " + accept);
    assertEquals(status, answer.status);
    if (status == 406) {
      assertProblem(answer, 406);
    }
  }

  @Test
  void headHasTheHeadOnly() throws Exception {
    for (String target : List.of(HPC1, HPC1 + "/nodes", API + "/openapi.json", API + "/nothing")) {
      RawHttp.Answer head = http.exchange("HEAD", target, "localhost");
      RawHttp.Answer get = http.get(target);
      assertEquals(get.status, head.status);
      assertEquals(0, head.body.length);
      assertEquals(Integer.toString(get.body.length), head.header("content-length"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void onlyGetAndHead(String method) throws Exception {
    RawHttp.Answer answer = http.exchange(method, HPC1 + "/nodes", "localhost");
    assertProblem(answer, 405);
    assertEquals("GET, HEAD", answer.header("allow"));
  }

  @Test
  void bodiesAndOtherNamesAreRefused() throws Exception {
    String withBody =
        "GET "
            + HPC1
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
    assertProblem(http.raw(withBody), 413);
    assertProblem(http.exchange("GET", HPC1, "evil.example"), 403);
  }

  @Test
  void onlyListedOriginsReadFromElsewhere() throws Exception {
    assertNull(http.get(HPC1).header("access-control-allow-origin"));
    assertEquals("Origin", http.get(HPC1).header("vary"));
    RawHttp.Answer listed = http.get(HPC1, "Origin: https://grid.example");
    assertEquals(200, listed.status);
    assertEquals("https://grid.example", listed.header("access-control-allow-origin"));
    assertTrue(listed.header("access-control-expose-headers").contains("ETag"));
    assertNull(listed.header("access-control-allow-credentials"));
    for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
      RawHttp.Answer other = http.get(HPC1 + "/nodes", "Origin: " + origin);
      assertProblem(other, 403);
      assertNull(other.header("access-control-allow-origin"));
    }
    String[] asks = {"Origin: https://grid.example", "Access-Control-Request-Method: GET"};
    RawHttp.Answer preflight = http.exchange("OPTIONS", HPC1, "localhost", asks);
    assertEquals(204, preflight.status);
    assertEquals("GET, HEAD", preflight.header("access-control-allow-methods"));
    assertEquals("If-None-Match", preflight.header("access-control-allow-headers"));
    asks[0] = "Origin: https://evil.example";
    assertProblem(http.exchange("OPTIONS", HPC1, "localhost", asks), 403);
  }

  @Test
  void requestsAreCountedByRoute() throws Exception {
    double before = requests("/clusters/{cluster}/jobs/{jobId}", "404");
    double strays = requests("none", "404");
    http.get(HPC1 + "/jobs/none");
    http.get(API + "/one/of/ever/so/many");
    assertEquals(before + 1, requests("/clusters/{cluster}/jobs/{jobId}", "404"));
    assertEquals(strays + 1, requests("none", "404"));
    assertFalse(served.meters.find("qstatmesh.broadcast.request").timers().isEmpty());
  }

  private static double requests(String route, String status) {
    var counter =
        served
            .meters
            .find("qstatmesh.broadcast.requests")
            .tags("route", route, "status", status)
            .counter();
    return counter == null ? 0 : counter.count();
  }
}
