package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.rest.RestLimits;

/** Programs that ask more than they are due, or do not read. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestLoadTest {
  private static final String HPC1 = "/api/v1/clusters/hpc1";
  private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final Queue<Promise<byte[]>> open = new ConcurrentLinkedQueue<>();
  private Served served;

  @AfterEach
  void stop() {
    served.close();
  }

  private RawHttp serve(GridQuestions questions, RestLimits limits) {
    served =
        new Served(
            questions,
            new BrowserServer.Settings(
                "127.0.0.1", 0, false, List.of(), List.of(), BrowserLimits.DEFAULT, limits));
    return new RawHttp(served.port());
  }

  private Future<byte[]> later(GridQuestion question) {
    Promise<byte[]> promise = Promise.promise();
    open.add(promise);
    return promise.future();
  }

  private static void ask(Socket socket, String target) throws Exception {
    socket.getOutputStream().write(("GET " + target + HEAD).getBytes(StandardCharsets.US_ASCII));
  }

  private static int status(Socket socket) throws Exception {
    byte[] line = socket.getInputStream().readNBytes(12);
    return Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
  }

  @Test
  void questionsBeyondTheBoundAreSentAway() throws Exception {
    RawHttp http = serve(this::later, new RestLimits(2, 1_000, 1_000_000));
    try (Socket one = http.connect();
        Socket two = http.connect()) {
      ask(one, HPC1 + "/nodes");
      ask(two, HPC1 + "/nodes");
      Eventually.holds("both are asked", () -> open.size() == 2);
      RawHttp.Answer third = http.get(HPC1 + "/nodes");
      assertEquals(429, third.status);
      assertEquals("1", third.header("retry-after"));
      assertEquals(2, open.size());
      assertEquals(200, http.get("/api/v1/openapi.json", "Accept: application/json").status);
      open.remove().complete("{}".getBytes(StandardCharsets.UTF_8));
      assertEquals(200, status(one));
      open.remove().fail(new IllegalStateException("of a test"));
      assertEquals(500, status(two));
    }
    // Both places are free again, also that of the failure.
    try (Socket one = http.connect();
        Socket two = http.connect()) {
      ask(one, HPC1 + "/nodes");
      ask(two, HPC1 + "/nodes");
      Eventually.holds("both are asked", () -> open.size() == 2);
      open.remove().complete(new byte[0]);
      open.remove().complete(new byte[1_001]);
    }
  }

  @Test
  void aConnectionHasOneQuestionAtATime() throws Exception {
    RawHttp http = serve(this::later, RestLimits.DEFAULT);
    try (Socket socket = http.connect()) {
      for (int i = 0; i < 5; i++) {
        ask(socket, HPC1 + "/nodes");
      }
      for (int i = 0; i < 5; i++) {
        Eventually.holds("it is asked", () -> !open.isEmpty());
        assertEquals(404, http.get("/api/v1/nothing").status);
        assertEquals(1, open.size());
        open.remove().complete(new byte[0]);
      }
    }
  }

  @Test
  void whoLeavesGivesItsPlaceBack() throws Exception {
    RawHttp http = serve(this::later, new RestLimits(1, 1_000, 1_000_000));
    try (Socket socket = http.connect()) {
      ask(socket, HPC1 + "/nodes");
      Eventually.holds("it is asked", () -> open.size() == 1);
    }
    open.remove().complete("{}".getBytes(StandardCharsets.UTF_8));
    try (Socket socket = http.connect()) {
      Eventually.holds(
          "the place is free",
          () -> {
            try {
              return http.get(HPC1 + "/nodes?x").status == 400;
            } catch (java.io.IOException e) {
              throw new AssertionError(e);
            }
          });
      ask(socket, HPC1 + "/nodes");
      Eventually.holds("it is asked", () -> open.size() == 1);
      open.remove().complete("{}".getBytes(StandardCharsets.UTF_8));
      assertEquals(200, status(socket));
    }
  }

  @Test
  void whoDoesNotReadIsNotServedMore() throws Exception {
    RawHttp http = serve(Served.nobody(), RestLimits.DEFAULT);
    served.push("hpc1", "x".repeat(20_000));
    Eventually.holds("the row is there", () -> status(http) == 200);
    int wanted = 300;
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.setSoTimeout(10_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
      double before = rows();
      for (int i = 0; i < wanted; i++) {
        ask(socket, HPC1);
      }
      Eventually.holds("some are answered", () -> rows() > before);
      for (int i = 0; i < 50; i++) {
        assertEquals(404, http.get("/api/v1/nothing").status);
      }
      assertTrue(rows() - before < 100, "answered " + (rows() - before));
      assertEquals(wanted, responses(socket, wanted));
    }
  }

  private int status(RawHttp http) {
    try {
      return http.get(HPC1).status;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private double rows() {
    var counter =
        served
            .meters
            .find("qstatmesh.broadcast.requests")
            .tags("route", "/clusters/{cluster}", "status", "200")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  /** Reads until so many responses came whole. */
  private static int responses(Socket socket, int wanted) throws Exception {
    InputStream in = socket.getInputStream();
    int found = 0;
    while (found < wanted) {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) in.read());
      }
      assertTrue(head.toString().startsWith("HTTP/1.1 200"), head::toString);
      String length = head.toString().replaceAll("(?is).*content-length: ([0-9]+).*", "$1");
      in.skipNBytes(Long.parseLong(length));
      found++;
    }
    return found;
  }

  @Test
  void answersThatNobodyReadsAreBounded() throws Exception {
    // More than the kernel takes for two connections that do not read.
    byte[] answer = new byte[8_000_000];
    RawHttp http =
        serve(
            question -> Future.succeededFuture(answer),
            new RestLimits(4, answer.length, answer.length + 1_000L));
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
      ask(socket, HPC1 + "/nodes");
      assertEquals(200, status(socket));
      RawHttp.Answer next = http.get(HPC1 + "/nodes");
      assertEquals(503, next.status, next.text());
      assertEquals("1", next.header("retry-after"));
    }
    Eventually.holds("there is room again", () -> statusOfNodes(http) == 200);
  }

  private static int statusOfNodes(RawHttp http) {
    try {
      return http.get(HPC1 + "/nodes").status;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
