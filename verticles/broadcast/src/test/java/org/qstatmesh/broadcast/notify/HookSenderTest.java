package org.qstatmesh.broadcast.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.broadcast.browser.Eventually;

/**
 * Messages against receivers that are there, fail, hang, lead elsewhere, or are not who they say.
 */
@Timeout(60)
class HookSenderTest {
  private static final HookTimings QUICK =
      new HookTimings(Duration.ofSeconds(20), List.of(Duration.ofMillis(1), Duration.ofMillis(2)));

  @TempDir private Path directory;
  private Vertx vertx;
  private Context context;
  private SimpleMeterRegistry meters;
  private HookSender sender;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    meters = new SimpleMeterRegistry();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void take(int count, HttpServerRequest request) {
    request.response().setStatusCode(204).end();
  }

  private void sendingTo(HookConfig hook, HookTimings timings) {
    sender =
        new HookSender(
            vertx,
            hook,
            timings,
            new HookCall(vertx, hook, timings.deadline(), Clock.systemUTC()),
            meters);
  }

  private void sendingTo(URI url) {
    sendingTo(Rows.hook(url, HookFormat.TEXT, null, null), QUICK);
  }

  private void offer(String... texts) {
    context.runOnContext(
        go -> {
          for (String text : texts) {
            sender.offer(
                new Notice(
                    "id-" + text, HookEvent.TEST, null, null, 1, Sentence.of(text), Map.of()));
          }
        });
  }

  private void awaitCount(String meter, int count) {
    Eventually.holds(
        meter + " " + count,
        () ->
            meters.get("qstatmesh.notify." + meter).tag("hook", "chat").counter().count() == count);
  }

  private static List<String> bodies(Receiver receiver) {
    return receiver.posted().stream().map(posted -> posted.body().toString().strip()).toList();
  }

  @Test
  void messagesArriveInOrder() {
    Receiver receiver = Receiver.start(vertx, HookSenderTest::take);
    sendingTo(receiver.url());
    offer("one", "two", "three");
    awaitCount("sent", 3);
    assertEquals(List.of("one", "two", "three"), bodies(receiver));
    Receiver.Posted first = receiver.posted().get(0);
    assertEquals("/hooks/token", first.path());
    assertEquals("text/plain; charset=utf-8", first.headers().get("content-type"));
    assertEquals("id-one", first.headers().get("webhook-id"));
    assertEquals(null, first.headers().get("webhook-signature"));
  }

  @Test
  void aBodyIsSignedWithTheSecretThatIsInTheFileNow() throws Exception {
    Path file = directory.resolve("secret");
    Receiver receiver = Receiver.start(vertx, HookSenderTest::take);
    sendingTo(Rows.hook(receiver.url(), HookFormat.JSON, file, null), QUICK);
    for (String secret :
        List.of(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_plJ3nmyCDGBKInavdOK15jsl00000000")) {
      Files.writeString(file, secret + "\n");
      int before = receiver.posted().size();
      offer("signed");
      awaitCount("sent", before + 1);
      Receiver.Posted posted = receiver.posted().get(before);
      long timestamp = Long.parseLong(posted.headers().get("webhook-timestamp"));
      assertTrue(Math.abs(timestamp - System.currentTimeMillis() / 1_000) < 60);
      assertEquals(
          HookSecret.parse(secret).sign("id-signed", timestamp, posted.body().getBytes()),
          posted.headers().get("webhook-signature"));
    }
  }

  @Test
  void aReceiverThatFailsForAWhileGetsTheMessage() {
    Receiver receiver =
        Receiver.start(
            vertx,
            (count, request) -> request.response().setStatusCode(count < 3 ? 500 : 200).end());
    sendingTo(receiver.url());
    offer("one");
    awaitCount("sent", 1);
    awaitCount("retries", 2);
    assertEquals(List.of("one", "one", "one"), bodies(receiver));
  }

  @Test
  void aReceiverThatGoesOnFailingIsTriedThreeTimesAMessage() {
    Receiver receiver =
        Receiver.start(vertx, (count, request) -> request.response().setStatusCode(503).end());
    sendingTo(receiver.url());
    offer("one", "two");
    awaitCount("failed", 2);
    assertEquals(List.of("one", "one", "one", "two", "two", "two"), bodies(receiver));
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    Receiver receiver =
        Receiver.start(vertx, (count, request) -> request.response().setStatusCode(404).end());
    sendingTo(receiver.url());
    offer("one");
    awaitCount("failed", 1);
    assertEquals(List.of("one"), bodies(receiver));
  }

  @Test
  void aRedirectIsNotFollowed() {
    Receiver elsewhere = Receiver.start(vertx, HookSenderTest::take);
    Receiver receiver =
        Receiver.start(
            vertx,
            (count, request) ->
                request
                    .response()
                    .setStatusCode(307)
                    .putHeader("location", elsewhere.url().toString())
                    .end());
    sendingTo(receiver.url());
    offer("one");
    awaitCount("failed", 1);
    assertEquals(List.of("one"), bodies(receiver));
    assertEquals(List.of(), elsewhere.posted());
  }

  @Test
  void aReceiverThatHangsHoldsUpItsOwnMessagesAndNoMoreThanFit() {
    Receiver receiver = Receiver.start(vertx, (count, request) -> {});
    sendingTo(
        Rows.hook(receiver.url(), HookFormat.TEXT, null, null),
        new HookTimings(Duration.ofMillis(300), List.of()));
    String[] texts = new String[HookSender.MOST_WAITING + 3];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "m" + i;
    }
    offer(texts);
    awaitCount("dropped", 2);
    awaitCount("failed", 2);
    assertEquals("m0", bodies(receiver).get(0));
    assertEquals("m3", bodies(receiver).get(1), "the oldest of those that waited went");
  }

  @Test
  void anAnswerWithoutEndIsNotRead() {
    Receiver receiver =
        Receiver.start(
            vertx,
            (count, request) -> {
              request.response().setChunked(true);
              endless(request);
            });
    sendingTo(receiver.url());
    offer("one", "two");
    awaitCount("sent", 2);
  }

  private static void endless(HttpServerRequest request) {
    request
        .response()
        .write(Buffer.buffer(new byte[65_536]))
        .onSuccess(
            written -> {
              if (!request.response().closed()) {
                endless(request);
              }
            });
  }

  @Test
  void nobodyThereIsAFailure() {
    Receiver receiver = Receiver.start(vertx, HookSenderTest::take);
    URI url = URI.create("http://127.0.0.1:1/");
    sendingTo(url);
    offer("one");
    awaitCount("failed", 1);
    awaitCount("retries", 2);
    assertEquals(List.of(), receiver.posted());
  }

  @Test
  void onlyAReceiverThatAnAuthorityVouchesForIsTold() throws Exception {
    Path key = keyPair();
    HttpServerOptions tls =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(key.toString()).setPassword("changeit"));
    Receiver receiver = new Receiver(vertx, tls, HookSenderTest::take);
    sendingTo(Rows.hook(receiver.url(), HookFormat.TEXT, null, null), QUICK);
    offer("secret");
    awaitCount("failed", 1);
    assertEquals(List.of(), receiver.posted());

    Path authority = directory.resolve("ca.pem");
    HookConfig trusting = Rows.hook(receiver.url(), HookFormat.TEXT, null, authority);
    sendingTo(trusting, QUICK);
    offer("one");
    awaitCount("sent", 1);

    URI otherName = URI.create("https://localhost:" + receiver.url().getPort() + "/");
    sendingTo(Rows.hook(otherName, HookFormat.TEXT, null, authority), QUICK);
    offer("secret");
    awaitCount("failed", 2);
    assertEquals(List.of("one"), bodies(receiver));
  }

  /** A key for 127.0.0.1 alone, and beside it its certificate as ca.pem. */
  private Path keyPair() throws Exception {
    Path key = directory.resolve("key.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=receiver",
        "-ext",
        "san=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        key.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "a",
        "-storepass",
        "changeit",
        "-keystore",
        key.toString(),
        "-file",
        directory.resolve("ca.pem").toString());
    return key;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
