package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageServerTest {
  private static Served served;

  private static RawHttp http;

  @BeforeAll
  static void start() throws Exception {
    BrowserLimits limits =
        Served.patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2));
    served = new Served(Served.nobody(), limits, List.of("https://grid.example"));
    http = new RawHttp(served.port());
    awaitSmallerForms();
  }

  /** They are made while the page is served already. */
  private static void awaitSmallerForms() throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (http.get("/", "Accept-Encoding: gzip").header("content-encoding") == null) {
      assertTrue(System.nanoTime() < until, "nothing is sent in its smaller form");
      Thread.onSpinWait();
    }
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static void assertSecure(RawHttp.Answer answer) {
    String policy = answer.header("content-security-policy");
    assertNotNull(policy);
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"));
    assertTrue(policy.contains("frame-ancestors 'self'"));
    assertFalse(policy.contains("unsafe"));
    assertEquals("nosniff", answer.header("x-content-type-options"));
    assertEquals("no-referrer", answer.header("referrer-policy"));
    assertEquals("same-origin", answer.header("cross-origin-opener-policy"));
    assertNotNull(answer.header("permissions-policy"));
    assertNull(answer.header("access-control-allow-origin"));
  }

  @Test
  void servesTheIndexAtBothNames() throws Exception {
    RawHttp.Answer root = http.get("/");
    assertEquals(200, root.status);
    assertEquals("text/html; charset=utf-8", root.header("content-type"));
    assertEquals("no-cache", root.header("cache-control"));
    assertTrue(root.text().contains("page of the tests"));
    assertSecure(root);
    assertArrayEquals(root.body, http.get("/index.html").body);
    assertEquals(root.text(), http.get("/?theme=dark").text());
  }

  @Test
  void nobodyFramesAnythingWithoutBeingListed() throws Exception {
    for (String target : List.of("/", "/?row=hpc1", "/index.html?row=hpc1")) {
      assertTrue(frames(http, target).endsWith("frame-ancestors 'self'"), target);
    }
  }

  @Test
  void theListedFrameOneRowAndNothingElse() throws Exception {
    List<String> wikis = List.of("https://wiki.example", "http://board.example:8080");
    BrowserServer.Settings settings =
        new BrowserServer.Settings("127.0.0.1", 0, false, List.of(), wikis, BrowserLimits.DEFAULT);
    try (Served embedded = new Served(Served.nobody(), settings)) {
      RawHttp lent = new RawHttp(embedded.port());
      String allowed = "frame-ancestors 'self' https://wiki.example http://board.example:8080";
      for (String target : List.of("/?row=hpc1", "/?theme=dark&row=hpc-2", "/index.html?row=a&x")) {
        assertTrue(frames(lent, target).endsWith(allowed), target);
      }
      for (String target :
          List.of(
              "/",
              "/?kiosk",
              "/?row",
              "/?row=",
              "/?row=A%20B",
              "/?arrow=hpc1",
              "/?x=row=hpc1",
              "/style.css?row=hpc1",
              "/api/v1/clusters?row=hpc1")) {
        assertTrue(frames(lent, target).endsWith("frame-ancestors 'self'"), target);
      }
    }
  }

  private static String frames(RawHttp http, String target) throws Exception {
    return http.get(target).header("content-security-policy");
  }

  @Test
  void zipsOnceAndKeepsTheTagsApart() throws Exception {
    RawHttp.Answer plain = http.get("/");
    RawHttp.Answer zipped = http.get("/", "Accept-Encoding: gzip, br");
    assertEquals("gzip", zipped.header("content-encoding"));
    assertEquals("Accept-Encoding", zipped.header("vary"));
    assertEquals("Accept-Encoding", plain.header("vary"));
    assertTrue(zipped.body.length < plain.body.length);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body))) {
      assertArrayEquals(plain.body, in.readAllBytes());
    }
    assertNotEquals(plain.header("etag"), zipped.header("etag"));
    assertNull(http.get("/", "Accept-Encoding: gzip;q=0").header("content-encoding"));
    assertNull(http.get("/js/main.js", "Accept-Encoding: gzip").header("content-encoding"));
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws Exception {
    String tag = http.get("/").header("etag");
    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      RawHttp.Answer again = http.get("/", "If-None-Match: " + known);
      assertEquals(304, again.status, known);
      assertEquals(0, again.body.length);
      assertEquals(tag, again.header("etag"));
      assertSecure(again);
    }
    assertEquals(200, http.get("/", "If-None-Match: \"other\"").status);
    assertEquals(200, http.get("/", "If-None-Match: " + tag, "Accept-Encoding: gzip").status);
  }

  @Test
  void headHasTheHeadOnly() throws Exception {
    RawHttp.Answer head = http.exchange("HEAD", "/", "localhost");
    assertEquals(200, head.status);
    assertEquals(0, head.body.length);
    assertEquals(Integer.toString(http.get("/").body.length), head.header("content-length"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing.js",
        "/js",
        "/js/",
        "//",
        "//index.html",
        "/../page/index.html",
        "/..%2findex.html",
        "/%2e%2e/page/index.html",
        "/js/../index.html",
        "/js/..%5c..%5cindex.html",
        "/%69ndex.html",
        "/index.html%00.js",
        "/.hidden.txt",
        "/notes.unknown",
        "/highcharts.properties",
        "/META-INF/MANIFEST.MF",
        "/eventbus",
        "/eventbus/",
        "/eventbus/info",
        "/eventbus/iframe.html",
        "/eventbus/000/abcd/xhr_streaming",
        "/eventbus/000/abcd/websocket",
        "/metrics"
      })
  void whatIsNotNamedIsNotThere(String target) throws Exception {
    RawHttp.Answer answer = http.get(target);
    assertEquals(404, answer.status);
    assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
    assertSecure(answer);
  }

  @ParameterizedTest
  @CsvSource({"POST,/", "PUT,/index.html", "DELETE,/health/live", "OPTIONS,/", "TRACE,/"})
  void onlyGetAndHead(String method, String target) throws Exception {
    RawHttp.Answer answer = http.exchange(method, target, "localhost");
    assertEquals(405, answer.status);
    assertEquals("GET, HEAD", answer.header("allow"));
    assertSecure(answer);
  }

  @Test
  void bodiesAndBadHeadsAreRefused() throws Exception {
    assertEquals(413, http.exchange("GET", "/", "localhost", "Content-Length: 5").status);
    assertEquals(413, http.exchange("POST", "/", "localhost", "Transfer-Encoding: chunked").status);
    RawHttp.Answer tooLong = http.get("/" + "x".repeat(5_000));
    assertEquals(414, tooLong.status);
    assertSecure(tooLong);
    assertEquals(431, http.get("/", "X: " + "x".repeat(9_000)).status);
    RawHttp.Answer smuggled =
        http.exchange("POST", "/", "localhost", "Content-Length: 5", "Transfer-Encoding: chunked");
    assertTrue(smuggled.status >= 400);
  }

  @Test
  void http2IsOff() throws Exception {
    RawHttp.Answer upgrade =
        http.get("/", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA");
    assertEquals(200, upgrade.status);
    RawHttp.Answer preface = http.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertTrue(preface.status >= 400);
  }

  @Test
  void aRequestThatNeverEndsIsCut() throws Exception {
    try (Socket socket = http.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread trickle =
          new Thread(
              () -> {
                try {
                  while (true) {
                    out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
                    LockSupport.parkNanos(100_000_000L);
                  }
                } catch (IOException e) {
                  // Cut, as it should be.
                }
              });
      trickle.start();
      assertEquals(-1, readOrEnd(socket));
      trickle.join(10_000);
      assertFalse(trickle.isAlive());
    }
  }

  private static int readOrEnd(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException reset) {
      return -1;
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "localhost, 200",
        "127.1.2.3:8080, 200",
        "LOCALHOST:80, 200",
        "127.0.0.1:8080, 200",
        "[::1]:8080, 200",
        "grid.example, 200",
        "grid.example:443, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example:8080, 403",
        "[::2], 403",
        "'', 403",
        "null, 400"
      })
  void hostMustLeadHere(String host, int status) throws Exception {
    int seen = http.exchange("GET", "/", host).status;
    // Without Host it is not HTTP/1.1; whether parser or guard says so is one.
    assertTrue(seen == status || (status == 400 && seen == 403), "status " + seen);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, localhost:1, 101",
        "http://localhost:1, localhost:1, 101",
        "http://LOCALHOST:1, localhost:1, 101",
        "https://grid.example, grid.example, 101",
        "https://grid.example, localhost:1, 101",
        "http://localhost, localhost:80, 101",
        "http://localhost:2, localhost:1, 403",
        "http://grid.example, localhost:1, 403",
        "https://evil.example, localhost:1, 403",
        "https://evil.example, evil.example, 403",
        "file://, localhost:1, 403",
        "http://localhost:1@evil.example, localhost:1, 403",
        "'', localhost:1, 403"
      })
  void originMustBeTheHostOrListed(String origin, String host, int status) throws Exception {
    String[] headers = origin == null ? new String[0] : new String[] {"Origin: " + origin};
    assertEquals(status, http.upgrade("/eventbus/websocket", host, headers));
  }

  @Test
  void anOriginOfTheWordNullIsRefused() throws Exception {
    RawHttp.Answer answer =
        http.get(
            "/eventbus/websocket",
            "Origin: null",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertEquals(403, answer.status);
    assertSecure(answer);
  }

  @Test
  void theBridgeIsForWebsocketsOnly() throws Exception {
    RawHttp.Answer answer = http.get("/eventbus/websocket");
    assertEquals(400, answer.status);
    assertSecure(answer);
  }

  @Test
  void healthIsReadyOnceThereAreRows() throws Exception {
    assertEquals(200, http.get("/health/live").status);
    served.server.health(false, "STARTING");
    assertEquals(503, http.get("/health/ready").status);
    served.server.health(true, "NO_STORE");
    RawHttp.Answer ready = http.get("/health/ready");
    assertEquals(200, ready.status);
    assertEquals("{\"ready\":true,\"mesh\":\"NO_STORE\"}", ready.text());
    assertEquals("no-store", ready.header("cache-control"));
    assertSecure(ready);
  }
}
