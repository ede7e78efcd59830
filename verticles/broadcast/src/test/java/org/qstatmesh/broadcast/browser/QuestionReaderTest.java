package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

@Timeout(10)
class QuestionReaderTest {

  private static GridQuestion read(String address, String body) {
    return QuestionReader.read(address, new JsonObject(body.replace('\'', '"')), Set.of("hpc1"));
  }

  @Test
  void readsHistory() {
    HistoryQuery query =
        new HistoryQuery(
            "hpc1",
            HistoryQuery.Dimension.USER,
            HistoryQuery.Measure.RUNNING_SLOTS,
            1_795_330_395_000L,
            1_795_330_396_000L,
            600,
            8);
    String body =
        "{'cluster':'hpc1','dimension':'user','measure':'runningSlots',"
            + "'fromEpochMillis':1795330395000,'toEpochMillis':1795330396000";
    assertEquals(new GridQuestion.History(query), read("grid.history.query", body + "}"));
    assertEquals(
        new GridQuestion.History(query),
        read("grid.history.query", body + ",'maxPoints':600,'top':8}"));
  }

  @ParameterizedTest
  @CsvSource({
    "runningSlots,RUNNING_SLOTS",
    "runningJobs,RUNNING_JOBS",
    "runningGpus,RUNNING_GPUS",
    "queuedSlots,QUEUED_SLOTS",
    "queuedJobs,QUEUED_JOBS"
  })
  void readsEveryMeasure(String word, HistoryQuery.Measure measure) {
    GridQuestion question =
        read(
            "grid.history.query",
            "{'cluster':'hpc1','dimension':'queue','measure':'"
                + word
                + "','fromEpochMillis':0,'toEpochMillis':1}");
    assertEquals(measure, ((GridQuestion.History) question).query().measure());
  }

  @Test
  void readsTheRest() {
    assertEquals(
        new GridQuestion.Jobs("hpc1", new JobsQuery(null, null, 0, 100)),
        read("grid.jobs.query", "{'cluster':'hpc1'}"));
    JobsQuery.Filter filter =
        new JobsQuery.Filter("alice", null, null, JobState.QUEUED, "batch", "x y");
    assertEquals(
        new GridQuestion.Jobs("hpc1", new JobsQuery(filter, "-slots", 20, 10)),
        read(
            "grid.jobs.query",
            "{'cluster':'hpc1','filter':{'jobOwner':'alice','jobState':'QUEUED',"
                + "'queueName':'batch','text':'x y'},'sort':'-slots','offset':20,'limit':10}"));
    assertEquals(
        new GridQuestion.OneJob("hpc1", new JobQuery("52[].login1")),
        read("grid.job.query", "{'cluster':'hpc1','jobId':'52[].login1'}"));
    assertEquals(new GridQuestion.Nodes("hpc1"), read("grid.nodes.query", "{'cluster':'hpc1'}"));
  }

  @Test
  void readsHistoryWithItsBand() {
    String body =
        "{'cluster':'hpc1','dimension':'user','measure':'runningSlots',"
            + "'fromEpochMillis':0,'toEpochMillis':1,'band':";
    for (boolean band : new boolean[] {true, false}) {
      GridQuestion question = read("grid.history.query", body + band + "}");
      assertEquals(band, ((GridQuestion.History) question).query().band());
    }
    assertFalse(((GridQuestion.History) read("grid.history.query", body + "null}")).query().band());
  }

  @Test
  void readsWhatIsAskedOfThePast() {
    Set<String> configured = Set.of("hpc1");
    assertEquals(
        new GridQuestion.At(new AtQuery(1_795_330_395_000L), configured),
        read("grid.at.query", "{'atEpochMillis':1795330395000}"));
    assertEquals(
        new GridQuestion.Waits(new WaitsQuery(null, 1, 2), configured),
        read("grid.waits.query", "{'fromEpochMillis':1,'toEpochMillis':2}"));
    assertEquals(
        new GridQuestion.Waits(new WaitsQuery("hpc1", 1, 2), configured),
        read("grid.waits.query", "{'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2}"));
    assertEquals(
        new GridQuestion.Events(new EventsQuery("hpc1", 1, 2, null, 200)),
        read("grid.events.query", "{'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2}"));
    assertEquals(
        new GridQuestion.Events(new EventsQuery("hpc1", 1, 2, "alice", 1_000)),
        read(
            "grid.events.query",
            "{'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2,'jobOwner':'alice','limit':1000}"));
  }

  @Test
  void readsTheQuestionForTheMesh() {
    assertEquals(new GridQuestion.Ops(Set.of("hpc1")), read("grid.ops.query", "{}"));
    assertThrows(QueryFailure.class, () -> read("grid.ops.query", "{'node':'a'}"));
  }

  @Test
  void readsTheFeed() {
    String body = "{'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2";
    assertEquals(
        new GridQuestion.Feed(new FeedQuery("hpc1", 1, 2, 50)),
        read("grid.feed.query", body + "}"));
    assertEquals(
        new GridQuestion.Feed(new FeedQuery("hpc1", 1, 2, 200)),
        read("grid.feed.query", body + ",'limit':200}"));
    for (String bad :
        new String[] {
          body + ",'limit':201}",
          body + ",'limit':0}",
          body + ",'jobOwner':'alice'}",
          "{'cluster':'hpc1','fromEpochMillis':2,'toEpochMillis':2}"
        }) {
      QueryFailure failure = assertThrows(QueryFailure.class, () -> read("grid.feed.query", bad));
      assertEquals(QueryFailure.BAD_QUERY, failure.code(), bad);
    }
    QueryFailure tooMany =
        assertThrows(QueryFailure.class, () -> read("grid.events.query", body + ",'limit':1001}"));
    assertEquals("limit: between 1 and 1000", tooMany.getMessage());
  }

  @Test
  void readsWhereAJobFits() {
    Set<String> configured = Set.of("hpc1");
    assertEquals(
        new GridQuestion.Fit(new FitQuery(2, 16, null, 1, 34_359_738_368L, 86_400L), configured),
        read(
            "grid.fit.query",
            "{'nodes':2,'slotsPerNode':16,'gpusPerNode':1,'memoryBytesPerNode':34359738368,'walltimeSeconds':86400}"));
    assertEquals(
        new GridQuestion.Fit(new FitQuery(1, null, 64, 0, null, null), configured),
        read("grid.fit.query", "{'cluster':null,'slots':64}"));
    assertEquals(
        new GridQuestion.Fit(new FitQuery(1, 4, null, 0, null, null), Set.of("hpc2")),
        QuestionReader.read(
            "grid.fit.query",
            new JsonObject().put("cluster", "hpc2").put("slotsPerNode", 4),
            Set.of("hpc1", "hpc2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "fit     | {} | 400 | slotsPerNode:",
        "fit     | {'cluster':'other','slots':1} | 404 | cluster:",
        "fit     | {'cluster':['hpc1'],'slots':1} | 400 | cluster:",
        "fit     | {'slotsPerNode':0} | 400 | slotsPerNode:",
        "fit     | {'slotsPerNode':1.5} | 400 | slotsPerNode:",
        "fit     | {'slotsPerNode':4294967297} | 400 | slotsPerNode:",
        "fit     | {'slotsPerNode':1,'nodes':0} | 400 | nodes:",
        "fit     | {'slotsPerNode':1,'nodes':'2'} | 400 | nodes:",
        "fit     | {'slotsPerNode':1,'gpusPerNode':-1} | 400 | gpusPerNode:",
        "fit     | {'slotsPerNode':1,'gpusPerNode':true} | 400 | gpusPerNode:",
        "fit     | {'slotsPerNode':1,'memoryBytesPerNode':0} | 400 | memoryBytesPerNode:",
        "fit     | {'slotsPerNode':1,'memoryBytesPerNode':'64G'} | 400 | memoryBytesPerNode:",
        "fit     | {'slotsPerNode':1,'walltimeSeconds':-1} | 400 | walltimeSeconds:",
        "fit     | {'slotsPerNode':1,'walltimeSeconds':'1:00:00'} | 400 | walltimeSeconds:",
        "fit     | {'slots':0} | 400 | slots:",
        "fit     | {'slots':8,'slotsPerNode':4} | 400 | slotsPerNode:",
        "fit     | {'slots':8,'nodes':2} | 400 | nodes:",
        "fit     | {'slots':8,'jobOwner':'alice'} | 400 | jobOwner:",
        "nodes   | {} | 400 | cluster:",
        "nodes   | {'cluster':7} | 400 | cluster:",
        "nodes   | {'cluster':'other'} | 404 | cluster:",
        "nodes   | {'cluster':'hpc1','x':1} | 400 | x:",
        "job     | {'cluster':'hpc1'} | 400 | jobId:",
        "job     | {'cluster':'hpc1','jobId':['a']} | 400 | jobId:",
        "jobs    | {'cluster':'hpc1','limit':0} | 400 | limit:",
        "jobs    | {'cluster':'hpc1','limit':1001} | 400 | limit:",
        "jobs    | {'cluster':'hpc1','limit':'10'} | 400 | limit:",
        "jobs    | {'cluster':'hpc1','limit':1.5} | 400 | limit:",
        "jobs    | {'cluster':'hpc1','offset':-1} | 400 | offset:",
        "jobs    | {'cluster':'hpc1','offset':4294967296} | 400 | offset:",
        "jobs    | {'cluster':'hpc1','offset':99999999999999999999} | 400 | offset:",
        "jobs    | {'cluster':'hpc1','filter':'alice'} | 400 | filter:",
        "jobs    | {'cluster':'hpc1','filter':{'jobState':'queued'}} | 400 | filter.jobState:",
        "jobs    | {'cluster':'hpc1','filter':{'owner':'a'}} | 400 | filter.owner:",
        "at      | {} | 400 | atEpochMillis:",
        "at      | {'atEpochMillis':-1} | 400 | atEpochMillis:",
        "at      | {'atEpochMillis':'now'} | 400 | atEpochMillis:",
        "at      | {'atEpochMillis':1,'cluster':'hpc1'} | 400 | cluster:",
        "waits   | {'cluster':'other','fromEpochMillis':1,'toEpochMillis':2} | 404 | cluster:",
        "waits   | {'cluster':7,'fromEpochMillis':1,'toEpochMillis':2} | 400 | cluster:",
        "waits   | {'fromEpochMillis':1} | 400 | toEpochMillis:",
        "waits   | {'fromEpochMillis':2,'toEpochMillis':2} | 400 | toEpochMillis:",
        "waits   | {'fromEpochMillis':1,'toEpochMillis':2,'limit':1} | 400 | limit:",
        "events  | {'fromEpochMillis':1,'toEpochMillis':2} | 400 | cluster:",
        "events  | {'cluster':'other','fromEpochMillis':1,'toEpochMillis':2} | 404 | cluster:",
        "events  | {'cluster':'hpc1','toEpochMillis':2} | 400 | fromEpochMillis:",
        "events  | {'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2,'jobOwner':7} | 400 | jobOwner:",
        "events  | {'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2,'limit':0} | 400 | limit:",
        "events  | {'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2,'limit':1001} | 400 | limit:",
        "events  | {'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2,'queueName':'batch'} | 400 | queueName:",
        "history | {'cluster':'hpc1','dimension':'user','measure':'queuedJobs','fromEpochMillis':1,'toEpochMillis':2,'band':1} | 400 | band:",
        "history | {'cluster':'hpc1'} | 400 | dimension:",
        "history | {'cluster':'hpc1','dimension':'USER'} | 400 | dimension:",
        "history | {'cluster':'hpc1','dimension':'user','measure':'jobs'} | 400 | measure:",
        "history | {'cluster':'hpc1','dimension':'user','measure':'queuedJobs'} | 400 | fromEpochMillis:",
        "history | {'cluster':'hpc1','dimension':'user','measure':'queuedJobs','fromEpochMillis':2,'toEpochMillis':2} | 400 | toEpochMillis:",
        "history | {'cluster':'hpc1','dimension':'user','measure':'queuedJobs','fromEpochMillis':1,'toEpochMillis':2,'maxPoints':2001} | 400 | maxPoints:",
        "history | {'cluster':'hpc1','dimension':'user','measure':'queuedJobs','fromEpochMillis':1,'toEpochMillis':2,'top':51} | 400 | top:"
      })
  void namesTheField(String query, String body, int code, String field) {
    QueryFailure failure =
        assertThrows(QueryFailure.class, () -> read("grid." + query + ".query", body));
    assertEquals(code, failure.code());
    assertTrue(failure.getMessage().startsWith(field), failure.getMessage());
  }

  @Test
  void aBodyMustBeAnObjectAndTextHasAnEnd() {
    for (Object body : new Object[] {null, "text", 7, new io.vertx.core.json.JsonArray()}) {
      QueryFailure failure =
          assertThrows(
              QueryFailure.class,
              () -> QuestionReader.read("grid.nodes.query", body, Set.of("hpc1")));
      assertEquals(400, failure.code());
    }
    String tooLong = "{'cluster':'hpc1','jobId':'" + "x".repeat(257) + "'}";
    assertEquals(
        400, assertThrows(QueryFailure.class, () -> read("grid.job.query", tooLong)).code());
  }
}
