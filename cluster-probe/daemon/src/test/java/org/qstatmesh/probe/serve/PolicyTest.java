package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.ProbeConfig;
import org.qstatmesh.probe.ProbeServer;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.policy.ProbePolicy;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.zeromq.SocketType;

/** No reply tells what the machine's own configuration keeps back. */
@Timeout(60)
class PolicyTest {
  @TempDir Path folder;

  @Test
  void aHiddenUsersJobIsCountedAndNotShown() throws Exception {
    try (ProbeServer server = serving("{\"hiddenUsers\": [\"alice\"]}");
        ProbeClient client = new ProbeClient(SocketType.DEALER, server.endpoint())) {
      Job job = onlyJob(client);
      assertEquals("(hidden)", job.jobOwner());
      assertEquals(4, job.slots());
      assertNull(job.jobName());
      assertNull(job.groupName());
      ProbeReply.Failed failed =
          assertInstanceOf(ProbeReply.Failed.class, client.ask(ProbeRequest.job("2", job.jobId())));
      assertEquals("UNKNOWN_JOB", failed.error().code());
      ProbeReply.Failed unknown =
          assertInstanceOf(
              ProbeReply.Failed.class, client.ask(ProbeRequest.job("3", "99999.login1")));
      assertEquals(unknown.error(), failed.error(), "nobody can tell the two apart");
    }
  }

  @Test
  void onlyListedFieldsLeave() throws Exception {
    try (ProbeServer server = serving("{\"attributes\": [\"groupName\"]}");
        ProbeClient client = new ProbeClient(SocketType.DEALER, server.endpoint())) {
      Job job = onlyJob(client);
      assertEquals("chem", job.groupName());
      assertNull(job.jobName());
      assertEquals(0, job.nodeNames().size());
      ProbeReply.OfJob one =
          assertInstanceOf(ProbeReply.OfJob.class, client.ask(ProbeRequest.job("2", job.jobId())));
      assertEquals(
          "Job_Owner = alice@login1\njob_state = R\nqueue = batch\negroup = chem\n",
          one.detail().text());
      assertNull(one.detail().job().jobName());
    }
  }

  @Test
  void theFilesIntervalIsTheProbes() throws Exception {
    try (ProbeServer server = serving("{\"minimumIntervalSeconds\": 60}");
        ProbeClient client = new ProbeClient(SocketType.DEALER, server.endpoint())) {
      ProbeReply.OfHello hello =
          assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("1")));
      assertEquals(60, hello.hello().minimumIntervalSeconds());
    }
  }

  private static Job onlyJob(ProbeClient client) throws Exception {
    ProbeReply.OfSnapshot taken =
        assertInstanceOf(ProbeReply.OfSnapshot.class, client.ask(ProbeRequest.snapshot("1", null)));
    assertEquals(1, taken.snapshot().jobs().size());
    return taken.snapshot().jobs().get(0);
  }

  private ProbeServer serving(String configuration) throws Exception {
    Path commands = Files.createDirectory(folder.resolve("bin"));
    new FakeCommands(commands).torque("0");
    Path file = Files.writeString(folder.resolve("probe.json"), configuration);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return ProbeServer.start(
        new ProbeConfig(
            "tcp://127.0.0.1:*",
            DrmsChoice.AUTO,
            commands,
            Duration.ZERO,
            Duration.ofSeconds(60),
            false,
            null,
            ProbePolicy.read(file)));
  }
}
