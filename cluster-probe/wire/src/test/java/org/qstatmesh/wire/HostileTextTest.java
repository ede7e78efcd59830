package org.qstatmesh.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every text in a snapshot was chosen by some user: it comes out as it went in, or as U+FFFD where
 * it is no text.
 */
@Timeout(30)
class HostileTextTest {

  private static Job job(String text) {
    return Job.builder("1", "alice", JobState.QUEUED)
        .jobName(text)
        .groupName(text)
        .nodeNames(List.of(text))
        .reason(text)
        .build();
  }

  private static byte[] written(Job job) {
    return WireCodec.encodeReply(new ProbeReply.OfSnapshot("1", Samples.of(List.of(job))));
  }

  private static Job roundTrip(Job job) throws WireException {
    ProbeReply reply = WireCodec.decodeReply(written(job), WireLimits.REPLY);
    return ((ProbeReply.OfSnapshot) reply).snapshot().jobs().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        "a\nJob Id: 99.login1\r\n\tjob_state = R",
        "\u001b[2J\u001b]0;title\u0007",
        "\u0000\u0001\u007f\u0080\u009f",
        "\"},{\"jobId\":\"2",
        "\\u0041\\",
        "\u202eevil\u2066\u2028\u2029\ufeff",
        "日本語 🧪 𝕏",
        "\ufffe\uffff\ufffd",
        " ",
        "null",
        "=HYPERLINK(\"x\")",
      })
  void survives(String text) throws WireException {
    assertEquals(job(text), roundTrip(job(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "ud800, ufffd",
    "udc00, ufffd",
    "ud83ex, ufffdx",
    "xud83e, xufffd",
    "udc00ud800, ufffdufffd",
    "ud83eud83eudddaud83e, ufffdud83eudddaufffd",
  })
  void loneSurrogateIsReplacedByWriterAndReader(String spelled, String expected)
      throws WireException {
    String text = unescaped(spelled);
    assertArrayEquals(written(job(unescaped(expected))), written(job(text)));
    String json =
        "{\"jobId\":\"1\",\"jobOwner\":\"a\",\"jobState\":\"QUEUED\",\"jobName\":\""
            + spelled.replaceAll("u([0-9a-f]{4})", "\\\\u$1")
            + "\"}";
    assertEquals(unescaped(expected), Frames.snapshot(json, "", "").jobs().get(0).jobName());
  }

  /** Four digits after each u stand for one UTF-16 unit: a Java source cannot hold lone ones. */
  private static String unescaped(String spelled) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < spelled.length(); i++) {
      if (spelled.charAt(i) == 'u') {
        text.append((char) Integer.parseInt(spelled.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        text.append(spelled.charAt(i));
      }
    }
    return text.toString();
  }

  /**
   * UTF-8 that spells a surrogate, an overlong slash, a lone continuation byte, a cut sequence, a
   * byte beyond Unicode.
   */
  @ParameterizedTest
  @ValueSource(strings = {"eda080", "c0af", "80", "e282", "f4908080", "ff"})
  void invalidUtf8NeverBecomesAnInvalidString(String hex) throws WireException {
    byte[] frame =
        Frames.reply(
            "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"nodes\":[],\"jobs\":[{\"jobId\":\"1\","
                + "\"jobOwner\":\"a\",\"jobState\":\"QUEUED\",\"jobName\":\""
                + "#".repeat(hex.length() / 2)
                + "\"}]}");
    byte[] bad = HexFormat.of().parseHex(hex);
    int at = new String(frame, US_ASCII).indexOf('#');
    System.arraycopy(bad, 0, frame, at, bad.length);
    String name;
    try {
      ProbeReply reply = WireCodec.decodeReply(frame, WireLimits.REPLY);
      name = ((ProbeReply.OfSnapshot) reply).snapshot().jobs().get(0).jobName();
    } catch (WireException e) {
      assertEquals(WireException.Kind.MALFORMED, e.kind());
      return;
    }
    assertEquals(name, new String(Frames.bytes(name), UTF_8));
  }

  @Test
  void rawControlCharacterIsRefused() {
    assertThrows(
        WireException.class,
        () -> Frames.snapshot("{\"drms\":\"slurm\n\",\"takenAtEpochMillis\":1}"));
  }
}
