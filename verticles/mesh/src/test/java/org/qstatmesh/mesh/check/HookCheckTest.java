package org.qstatmesh.mesh.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.broadcast.notify.HookFormat;

/** Test messages to receivers that are there and that are not. */
@Timeout(60)
class HookCheckTest {
  private final LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final StringWriter said = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/gone") ? 410 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private boolean check(String... paths) {
    List<HookConfig> hooks =
        List.of(paths).stream()
            .map(
                path ->
                    new HookConfig(
                        "to-" + path,
                        URI.create(
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path),
                        HookFormat.TEXT,
                        null,
                        null,
                        List.of(),
                        HookConfig.USUAL_INTERVAL))
            .toList();
    return new HookCheck(new PrintWriter(said, true)).check(hooks);
  }

  @Test
  void aReceiverThatTakesMessagesGetsOne() throws Exception {
    assertTrue(check("token"));
    assertEquals(
        "qstat-mesh tries its hook to-token: it works\n", bodies.poll(10, TimeUnit.SECONDS));
    assertTrue(said.toString().contains("ok   to-token    HTTP status 204"), said.toString());
  }

  @Test
  void oneThatDoesNotIsToldWithAHintAndWithoutItsSecret() {
    assertEquals(false, check("gone", "token"));
    assertTrue(said.toString().contains("FAIL to-gone     HTTP status 410"), said.toString());
    assertTrue(said.toString().contains("notify.hooks.to-gone.url"), said.toString());
    assertTrue(said.toString().contains("ok   to-token"), said.toString());
    assertEquals(false, said.toString().contains("/gone"), said.toString());
  }
}
