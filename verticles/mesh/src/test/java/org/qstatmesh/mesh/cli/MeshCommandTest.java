package org.qstatmesh.mesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MeshCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "run --roles kitchen",
        "run --no-such-option",
        "restart kitchen",
        "restart",
        "restart store --node http://a:1/ --ops http://b:1/",
        "restart store --node ://",
        "tail",
        "tail metrics --seconds 0",
        "tail metrics --seconds soon",
        "backup",
        "migrate",
        "migrate --to jdbc:oracle:x --conf ../../conf",
        "migrate --to jdbc:sqlite:qstat-mesh.db --conf ../../conf",
        "migrate --to jdbc:sqlite:other.db --to-user me --conf ../../conf",
        "migrate --to jdbc:postgresql://h/d --to-password-file no/such --conf ../../conf",
        "forget",
        "forget ",
        "export --from 2026-01-01",
        "export --from 2026-13-01 --to 2026-01-02",
        "export --from 1795348800000 --to 2026-01-02",
        "export --from 2026-01-02 --to 2026-01-02",
        "export --from 2026-01-01 --to 2026-01-02 --format xml",
        "export --from 2026-01-01 --to 2026-01-02 --step 77 --conf ../../conf",
        "add UPPER me@login",
        "add hpc1 login",
        "add hpc1 me@login --probe http://x",
        "add hpc1 me@login --stdio --curve",
        "add hpc1 me@login --stdio --probe tcp://127.0.0.1:7621",
        "add hpc1 me@login --probe-command probe",
        "add hpc1 me@login --stdio --probe-command "
      })
  void usageErrorsEndWith64(String line) {
    assertEquals(64, MeshCommand.execute(line.isEmpty() ? new String[0] : line.split(" ", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "run --help",
        "add --help",
        "check --help",
        "restart --help",
        "tail --help",
        "backup --help",
        "export --help",
        "forget --help",
        "migrate --help",
        "health --help"
      })
  void helpIsNoError(String line) {
    assertEquals(0, MeshCommand.execute(line.split(" ", -1)));
  }

  @Test
  void aBrokenConfEndsWith78BeforeAnythingElse(@TempDir Path directory) throws Exception {
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.writeString(conf.resolve("mesh.json"), "{\"bogus\":1}");
    Path data = directory.resolve("data");
    assertEquals(
        78, MeshCommand.execute("run", "--conf", conf.toString(), "--data", data.toString()));
    assertEquals(78, MeshCommand.execute("check", "--conf", conf.toString()));
    assertEquals(false, Files.exists(data));
  }

  @Test
  void aPollerWithoutATunnelEndsWith78WhereAClusterNeedsSsh(@TempDir Path directory)
      throws Exception {
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.writeString(conf.resolve("key"), "");
    Files.writeString(
        conf.resolve("a.json"),
        "{\"clusters\":{\"a\":{\"ssh\":{\"host\":\"h\",\"user\":\"u\",\"identityFile\":\"key\"}}}}");
    String data = directory.resolve("data").toString();
    // With hyphens as a systemd unit's name has them.
    for (String roles : List.of("poller,store", "poller-store")) {
      assertEquals(
          78,
          MeshCommand.execute("run", "--conf", conf.toString(), "--data", data, "--roles", roles));
    }
  }

  @Test
  void restartAndHealthWithoutAMeshEndsWith1(@TempDir Path data) {
    assertEquals(1, MeshCommand.execute("restart", "store", "--data", data.toString()));
    assertEquals(1, MeshCommand.execute("health", "--data", data.toString()));
  }

  @Test
  void checkOfNoClustersIsGood(@TempDir Path conf) throws Exception {
    Files.writeString(conf.resolve("mesh.json"), "{}");
    assertEquals(0, MeshCommand.execute("check", "--conf", conf.toString()));
  }
}
