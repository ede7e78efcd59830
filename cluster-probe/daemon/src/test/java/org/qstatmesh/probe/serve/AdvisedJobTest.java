package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.ProbeConfig;
import org.qstatmesh.probe.ProbeServer;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.zeromq.SocketType;

/** One job in full, of a TORQUE with Maui. */
@Timeout(60)
class AdvisedJobTest {
  private static final Path CHECKED =
      Path.of("src", "test", "resources", "fixtures", "maui-3.5", "mixed").toAbsolutePath();
  private static final String QUEUED =
      "<Data><Job><Job_Id>42.login1.cluster.example</Job_Id><Job_Name>big</Job_Name>"
          + "<Job_Owner>bob@login1</Job_Owner><job_state>Q</job_state><queue>batch</queue>"
          + "<Resource_List><nodes>8:ppn=16</nodes></Resource_List></Job></Data>";

  @TempDir Path folder;
  private FakeCommands commands;
  private ProbeServer server;
  private ProbeClient client;

  @BeforeEach
  void serve() throws Exception {
    commands = new FakeCommands(folder).torque("0");
    commands.command("showq", "echo; echo 'BLOCKED JOBS---'; echo; echo 'Total Jobs: 0'");
    commands.command("checkjob", "cat '" + CHECKED + "/checkjob-v-42.out'");
    server =
        ProbeServer.start(
            new ProbeConfig(
                "tcp://127.0.0.1:*",
                DrmsChoice.AUTO,
                folder,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                false));
    client = new ProbeClient(SocketType.DEALER, server.endpoint());
    client.ask(ProbeRequest.snapshot("0", null));
    commands.command(
        "qstat",
        "case \"$*\" in *99999*) echo 'qstat: Unknown Job Id' >&2; exit 153 ;; *) echo '"
            + QUEUED
            + "' ;; esac");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private JobDetail asked() throws Exception {
    ProbeReply reply = client.ask(ProbeRequest.job("1", "42.login1.cluster.example"));
    return assertInstanceOf(ProbeReply.OfJob.class, reply, reply.toString()).detail();
  }

  @Test
  void hasTheWordsOfBoth() throws Exception {
    JobDetail detail = asked();
    assertEquals("waits for free resources", detail.reason());
    assertEquals(128, detail.job().slots());
    assertTrue(detail.text().contains("Resource_List.nodes = 8:ppn=16\n"), detail.text());
    assertTrue(detail.text().contains("job is deferred.  Reason:  NoResources"), detail.text());
    assertFalse(detail.text().contains("IWD"), detail.text());
    assertEquals(1, commands.calls("checkjob -v 42"), commands.calls() + "");
  }

  @Test
  void isThatOfQstatWhereMauiDoesNotKnowIt() throws Exception {
    commands.command("checkjob", "cat '" + CHECKED + "/checkjob-v-99999.err' >&2; exit 1");
    JobDetail detail = asked();
    assertEquals("bob", detail.job().jobOwner());
    assertFalse(detail.text().contains("State:"), detail.text());
  }

  @Test
  void isThatOfQstatWhereMauiHangs() throws Exception {
    commands.command("checkjob", "sleep 60");
    long began = System.nanoTime();
    assertEquals("bob", asked().job().jobOwner());
    assertTrue((System.nanoTime() - began) / 1e9 < 9, "before who asks gives up");
  }

  @Test
  void mauiIsNotAskedForWhatQstatDoesNotKnow() throws Exception {
    ProbeReply reply = client.ask(ProbeRequest.job("1", "99999.login1"));
    ProbeReply.Failed failed = assertInstanceOf(ProbeReply.Failed.class, reply, reply.toString());
    assertEquals("UNKNOWN_JOB", failed.error().code());
    assertEquals(0, commands.calls("checkjob"));
  }
}
