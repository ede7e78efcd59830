package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes, times and ids: what they mean, and null for what they do not. */
class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "00:00:00, 0",
    "00:01:30, 90",
    "100:30:15, 361815",
    "9999:59:59, 35999999",
    "3600, 3600",
    "05:30, 330",
    "2:00:00:00, 172800",
    "00:00:01.75, 1",
    "unlimited,",
    "'',",
    "-1,",
    "1:2:3:4:5,",
    "::,",
    "00:00:0x,",
    "99999999999999999999,"
  })
  void duration(String text, Long seconds) {
    assertEquals(seconds, Durations.parseSeconds(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0b, 0",
    "1024, 1024",
    "8589934592b, 8589934592",
    "4444kb, 4550656",
    "500mb, 524288000",
    "8gb, 8589934592",
    "1tb, 1099511627776",
    "2kw, 16384",
    "3w, 24",
    "1pb, 1125899906842624",
    "8GB, 8589934592",
    "9999999999pb,",
    "lots,",
    "-1kb,",
    "1.5gb,",
    "'',",
    "gb,"
  })
  void size(String text, Long bytes) {
    assertEquals(bytes, Sizes.parseBytes(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1795330410, 1795330410",
    "Sun Nov 22 06:44:44 2026, 1795329884",
    "Thu Jan  1 00:00:00 1970, 0",
    "Thu Jan 1 00:00:00 1970, 0",
    "Sat Feb 29 12:00:00 2020, 1582977600",
    "Sun Feb 29 12:00:00 2026,",
    "Sun Oct 99 06:44:44 2026,",
    "Sun Foo 22 06:44:44 2026,",
    "Sun anF 22 06:44:44 2026,",
    "yesterday,",
    "'',",
    "-5,"
  })
  void time(String text, Long epochSeconds) {
    assertEquals(epochSeconds, Times.parseEpochSeconds(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "12",
        "12.login1",
        "12.login1.cluster.example",
        "12[].login1",
        "12[3].login1",
        "12[3]",
        "12-3.server"
      })
  void jobId(String id) {
    assertEquals(id, JobIds.checked(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-f",
        "--version",
        "login1",
        "12 13",
        "12;ls",
        "12.login1 -Q",
        "12\n13",
        "12.",
        "12[a]",
        "12[3",
        "12.-x",
        "@server",
        "12@server",
        "1234567890123456789012",
        "12[].lo gin"
      })
  void noJobId(String id) {
    assertThrows(IllegalArgumentException.class, () -> JobIds.checked(id));
  }
}
