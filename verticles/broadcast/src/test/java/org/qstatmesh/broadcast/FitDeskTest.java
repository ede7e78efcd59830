package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.Fits;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitAnswer.Reason;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.Visibility;

/** Where a job fits, through the whole stage; the test answers as pollers and store would. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FitDeskTest {
  private Mesh mesh;

  @BeforeEach
  void start() {
    mesh = new Mesh();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void whereAJobFitsIsAskedOfAllClustersAndWhoIsSilentIsShown() throws Exception {
    serveFits();
    mesh.deploy(Samples.cluster("gone", 0), Samples.cluster("hpc1", 1), Samples.cluster("hpc2", 2));
    Browser browser = mesh.browser();
    for (String cluster : List.of("hpc1", "hpc2")) {
      Addresses.SNAPSHOT_TAKEN.publish(
          mesh.vertx,
          new SnapshotTaken(Samples.summary(cluster, "s1", System.currentTimeMillis())));
    }
    JsonObject wanted = new JsonObject().put("nodes", 2).put("slotsPerNode", 16);
    JsonObject all = browser.ask("grid.fit.query", wanted).getJsonObject("body");
    assertEquals(
        List.of("hpc2 batch NOW UP", "hpc1 batch LATER UP", "gone null UNKNOWN UNKNOWN"),
        all.getJsonArray("choices").stream().map(FitDeskTest::choice).toList());
    assertEquals(true, all.getBoolean("waitsKnown"));
    assertEquals(0, all.getInteger("omitted"));
    JsonObject later = all.getJsonArray("choices").getJsonObject(1);
    assertEquals(
        new JsonObject(
            "{\"minSlots\":9,\"maxSlots\":32,\"count\":212,\"p50Seconds\":2400,\"p90Seconds\":21600}"),
        later.getJsonObject("waited"));
    assertEquals(
        new JsonArray(List.of("NOT_ENOUGH_FREE")),
        later.getJsonObject("queue").getJsonArray("reasons"));
    JsonObject silent = all.getJsonArray("choices").getJsonObject(2);
    assertNull(silent.getValue("takenAtEpochMillis"));
    assertEquals(
        new JsonArray(List.of("NO_ANSWER")), silent.getJsonObject("queue").getJsonArray("reasons"));

    JsonObject one =
        browser.ask("grid.fit.query", wanted.copy().put("cluster", "hpc1")).getJsonObject("body");
    assertEquals(
        List.of("hpc1 batch LATER UP"),
        one.getJsonArray("choices").stream().map(FitDeskTest::choice).toList());
  }

  private static String choice(Object json) {
    JsonObject choice = (JsonObject) json;
    JsonObject queue = choice.getJsonObject("queue");
    return choice.getString("cluster")
        + " "
        + queue.getString("queueName")
        + " "
        + queue.getString("fits")
        + " "
        + choice.getString("status");
  }

  private void serveFits() {
    WaitsAnswer waits =
        new WaitsAnswer(
            List.of(
                new WaitsAnswer.Wait("hpc1", "batch", 0, null, 999, 1, 2),
                new WaitsAnswer.Wait("hpc1", "batch", 9, 32, 212, 2_400, 21_600)),
            List.of());
    Mesh.await(
        Future.all(
            Addresses.WAITS.serve(mesh.vertx, question -> Future.succeededFuture(waits)).ready(),
            Addresses.fit("hpc1")
                .serve(
                    mesh.vertx,
                    question -> Future.succeededFuture(fit(Fits.LATER, Reason.NOT_ENOUGH_FREE)))
                .ready(),
            Addresses.fit("hpc2")
                .serve(mesh.vertx, question -> Future.succeededFuture(fit(Fits.NOW)))
                .ready()));
  }

  private static FitAnswer fit(Fits fits, Reason... reasons) {
    return new FitAnswer(
        System.currentTimeMillis(),
        Visibility.ALL,
        List.of(
            new QueueFit(
                "batch",
                true,
                true,
                null,
                null,
                fits,
                List.of(reasons),
                true,
                0,
                3,
                0,
                0,
                7L,
                7,
                9)),
        0);
  }

  @Test
  void whereAJobFitsIsToldWithoutAHistoryToo() throws Exception {
    Mesh.await(
        Addresses.fit("hpc1")
            .serve(mesh.vertx, question -> Future.succeededFuture(fit(Fits.NOW)))
            .ready());
    mesh.deploy(Samples.cluster("hpc1", 0));
    JsonObject body =
        mesh.browser()
            .ask("grid.fit.query", new JsonObject().put("slots", 8))
            .getJsonObject("body");
    assertEquals(false, body.getBoolean("waitsKnown"));
    assertNull(body.getJsonArray("choices").getJsonObject(0).getValue("waited"));
    // Its row was never seen: what a poller tells of it is not believed yet.
    assertEquals(
        "hpc1 batch UNKNOWN UNKNOWN", choice(body.getJsonArray("choices").getJsonObject(0)));
  }
}
