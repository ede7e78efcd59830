package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.demo.listing.CommandDirectory;
import org.qstatmesh.demo.listing.Listings;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Scheduler;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;

@Timeout(60)
class CommandDirectoryTest {
  @TempDir Path home;
  private BatchSystem batch;
  private Adapter adapter;
  private CommandDirectory directory;
  private Listings listings;

  private void cluster(String id) throws Exception {
    DemoPlan plan = Played.plan(id);
    batch = Played.cluster(plan, 1, 5);
    adapter =
        plan.cluster().scheduler() == Scheduler.TORQUE
            ? new TorqueAdapter(false)
            : new OpenPbsAdapter(false);
    // a blank and a quote, as in some people's temporary folders
    directory = CommandDirectory.create(home.resolve("it's here"), plan.cluster());
    listings = Listings.of(batch);
    directory.write(listings);
  }

  private ShortCommand run(List<String> argv) throws Exception {
    return ShortCommand.run(directory.commands(), argv.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heron", "juniper"})
  void theProbesCommandsPrintTheListings(String id) throws Exception {
    cluster(id);
    assertEquals(new ShortCommand(0, listings.server(), ""), run(adapter.server().argv()));
    assertEquals(new ShortCommand(0, listings.jobs(), ""), run(adapter.jobs(job -> {}).argv()));
    assertEquals(new ShortCommand(0, listings.nodes(), ""), run(adapter.nodes().argv()));
    assertEquals(new ShortCommand(0, listings.queues(), ""), run(adapter.queues().argv()));
    assertTrue(
        run(List.of("qstat", "--version")).out().contains(batch.plan().scheduler().version()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heron", "juniper"})
  void otherArgumentsAreRefused(String id) throws Exception {
    cluster(id);
    for (List<String> argv :
        List.of(
            List.of("qstat"),
            List.of("qstat", "-u", "alice"),
            List.of("qstat", "-x", "../server"),
            List.of("pbsnodes", "-o", "n001"))) {
      ShortCommand refused = run(argv);
      assertEquals(1, refused.exitCode());
      assertEquals("", refused.out());
      assertTrue(refused.err().contains("the demo does not know: "), refused.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heron", "juniper"})
  void eachJobIsFoundAlone(String id) throws Exception {
    cluster(id);
    List<Job> jobs = Parsed.of(adapter, listings).jobs();
    for (Job job : List.of(jobs.get(0), jobs.get(jobs.size() / 2), jobs.get(jobs.size() - 1))) {
      assertEquals(job.jobId(), found(job.jobId()).job().jobId());
      String number = job.jobId().substring(0, job.jobId().indexOf('.'));
      JobDetail byNumber = found(number);
      assertEquals(job.jobId(), byNumber.job().jobId());
      assertFalse(byNumber.text().contains("PBS_O_HOME"));
    }
  }

  private JobDetail found(String jobId) throws Exception {
    Listing<JobDetail> listing = adapter.job(jobId);
    ShortCommand command = run(listing.argv());
    assertEquals(0, command.exitCode(), command.err());
    return listing.parser().parse(new StringReader(command.out()), new Problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"heron", "juniper"})
  void aJobThatIsNotThereIsUnknown(String id) throws Exception {
    cluster(id);
    for (String unknown : List.of("1", "18", "999999." + batch.plan().serverName())) {
      ShortCommand command = run(adapter.job(unknown).argv());
      assertTrue(adapter.unknownJobExitCodes().contains(command.exitCode()), command.toString());
      assertTrue(command.err().contains("Unknown Job Id"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heron", "juniper"})
  void aHungSchedulerKeepsItsClientsWaiting(String id) throws Exception {
    cluster(id);
    directory.hang(true);
    directory.hang(true);
    assertTrue(
        ShortCommand.hangs(
            directory.commands(), adapter.jobs(job -> {}).argv().toArray(String[]::new)));
    directory.hang(false);
    directory.hang(false);
    assertEquals(0, run(adapter.jobs(job -> {}).argv()).exitCode());
  }
}
