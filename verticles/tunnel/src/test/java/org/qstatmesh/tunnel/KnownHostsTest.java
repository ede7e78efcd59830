package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.tunnel.KnownHosts.Verdict;

@Timeout(20)
class KnownHostsTest {
  private static final Path FILE = Path.of("known_hosts");
  private static final String HOST = "login.hpc1.example";
  private String ed25519;
  private String rsa;

  @BeforeEach
  void readKeys() throws Exception {
    ed25519 = typeAndKey("ed25519");
    rsa = typeAndKey("rsa");
  }

  private static String typeAndKey(String name) throws Exception {
    String[] fields = Files.readString(Fixture.publicKey(name)).split(" ");
    return fields[0] + " " + fields[1];
  }

  private static Verdict judge(String text, String host, int port, String typeAndKey) {
    String[] fields = typeAndKey.split(" ");
    return KnownHosts.parse(FILE, text)
        .judge(host, port, fields[0], Base64.getDecoder().decode(fields[1]));
  }

  @ParameterizedTest
  @CsvSource({
    "login.hpc1.example, 22, KNOWN",
    "LOGIN.hpc1.Example, 22, KNOWN",
    "login.hpc1.example, 2222, UNKNOWN_HOST",
    "loginxhpc1.example, 22, UNKNOWN_HOST",
    "login.hpc1.example.evil, 22, UNKNOWN_HOST"
  })
  void plainName(String host, int port, Verdict expected) {
    assertEquals(expected, judge(HOST + " " + ed25519 + " comment\n", host, port, ed25519));
  }

  @Test
  void nameWithPortHoldsForThatPortOnly() {
    String text = "[" + HOST + "]:2222 " + ed25519;
    assertEquals(Verdict.KNOWN, judge(text, HOST, 2222, ed25519));
    assertEquals(Verdict.UNKNOWN_HOST, judge(text, HOST, 22, ed25519));
  }

  @Test
  void hashedNamesOfSshKeygen() throws Exception {
    List<String> hashed = Files.readAllLines(Fixture.key("hashed_names"));
    String text = hashed.get(0) + " " + ed25519 + "\n" + hashed.get(1) + " " + rsa + "\n";
    assertEquals(Verdict.KNOWN, judge(text, HOST, 22, ed25519));
    assertEquals(Verdict.OTHER_TYPE, judge(text, HOST, 22, rsa));
    assertEquals(Verdict.KNOWN, judge(text, HOST, 2222, rsa));
    assertEquals(Verdict.UNKNOWN_HOST, judge(text, "other", 22, ed25519));
  }

  @Test
  void listsWildcardsAndNegation() {
    String text = "*.hpc1.example,!evil.hpc1.example,10.0.0.? " + ed25519;
    assertEquals(Verdict.KNOWN, judge(text, HOST, 22, ed25519));
    assertEquals(Verdict.KNOWN, judge(text, "10.0.0.7", 22, ed25519));
    assertEquals(Verdict.UNKNOWN_HOST, judge(text, "10.0.0.77", 22, ed25519));
    assertEquals(Verdict.UNKNOWN_HOST, judge(text, "evil.hpc1.example", 22, ed25519));
    assertEquals(Verdict.UNKNOWN_HOST, judge(text, "hpc2.example", 22, ed25519));
  }

  @Test
  void changedKeyIsNotAnUnknownHost() throws Exception {
    String other = typeAndKey("ed25519-encrypted");
    assertEquals(Verdict.CHANGED, judge(HOST + " " + other, HOST, 22, ed25519));
    String both = HOST + " " + rsa + "\n" + HOST + " " + other;
    assertEquals(Verdict.CHANGED, judge(both, HOST, 22, ed25519));
    assertEquals(Verdict.KNOWN, judge(both + "\n" + HOST + " " + ed25519, HOST, 22, ed25519));
  }

  @Test
  void revokedWinsWhereverItStands() {
    String revoked = "@revoked * " + ed25519;
    assertEquals(Verdict.REVOKED, judge(revoked + "\n" + HOST + " " + ed25519, HOST, 22, ed25519));
    assertEquals(Verdict.REVOKED, judge(HOST + " " + ed25519 + "\n" + revoked, HOST, 22, ed25519));
    assertEquals(Verdict.KNOWN, judge(HOST + " " + rsa + "\n" + revoked, HOST, 22, rsa));
  }

  @Test
  void badLinesAreNumberedAndTrustedForNothing() {
    String text =
        "# comment\n\n"
            + HOST
            + " ssh-rsa\n"
            + HOST
            + " ssh-rsa !!!\n"
            + "@cert-authority * "
            + ed25519
            + "\n|9|x|y "
            + ed25519
            + "\n"
            + HOST
            + " "
            + ed25519.replace("ssh-ed25519", "ssh-rsa")
            + "\n"
            + HOST
            + " "
            + rsa;
    KnownHosts hosts = KnownHosts.parse(FILE, text);
    List<String> starts =
        hosts.problems().stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
    assertEquals(
        List.of(
            "known_hosts line 3",
            "known_hosts line 4",
            "known_hosts line 5",
            "known_hosts line 6",
            "known_hosts line 7"),
        starts);
    assertEquals(Set.of("ssh-rsa"), hosts.typesOf(HOST, 22));
    assertEquals(Verdict.OTHER_TYPE, judge(text, HOST, 22, ed25519));
  }

  @Test
  void asksForSha2SignaturesOfAnRsaKey() {
    HostKeyCheck check = new HostKeyCheck(KnownHosts.parse(FILE, HOST + " " + rsa));
    assertEquals(List.of("rsa-sha2-512", "rsa-sha2-256"), check.findExistingAlgorithms(HOST, 22));
  }

  @Test
  void folderInPlaceOfTheFileIsSaid() {
    SshFailure failure =
        assertThrows(SshFailure.class, () -> KnownHosts.read(Path.of(".").toAbsolutePath()));
    assertEquals(FailureCode.HOST_KEY_MISMATCH, failure.code());
    assertTrue(failure.getMessage().startsWith("the file of known hosts cannot be read"));
  }
}
