package org.qstatmesh.probe.slurm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ListingParser;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * Slurm 22.05 to 25.x. Its text commands end with 1 when slurmctld or munge does not answer, after
 * ten seconds at most. Remembers what the configuration said last: whether a second listing of the
 * jobs is worth its cost. Any thread.
 */
public final class SlurmAdapter implements Adapter {
  private static final int FAILED = 1;
  private static final String UNKNOWN_JOB = "Invalid job id specified";

  /** What its commands say after MessageTimeout, ten seconds unless configured otherwise. */
  private static final Set<String> GAVE_UP = Set.of("Socket timed out on send/recv operation");

  private final boolean hideJobNames;
  private volatile SlurmSite site = SlurmSite.UNKNOWN;

  /** An adapter; with {@code hideJobNames} no job has a name. */
  public SlurmAdapter(boolean hideJobNames) {
    this.hideJobNames = hideJobNames;
  }

  @Override
  public String drms() {
    return "slurm";
  }

  @Override
  public Listing<ServerFacts> server() {
    Mark mark = Mark.random();
    return listing(
        "server",
        List.of("scontrol", "show", "config"),
        mark.environment(),
        (in, problems) -> {
          SlurmConfig config = SlurmConfig.parse(in, mark);
          site = config.site();
          return config.facts();
        });
  }

  @Override
  public Listing<Integer> jobs(Consumer<Job> sink) {
    return jobs(JobLines.Trust.MARKED_ONLY, sink);
  }

  /** Where times are not printed as asked, a name may hold a record; not so in JSON. */
  @Override
  public List<Function<Consumer<Job>, Listing<Integer>>> jobsOtherwise() {
    return List.of(this::jobsInJson, sink -> jobs(JobLines.Trust.UNMARKED_TOO, sink));
  }

  private Listing<Integer> jobs(JobLines.Trust trust, Consumer<Job> sink) {
    Mark mark = Mark.random();
    return listing(
        "jobs",
        List.of("squeue", "-a", "-h", "-o", JobField.format()),
        mark.environment(),
        (in, problems) -> SlurmJobs.parse(in, problems, mark, trust, hideJobNames, sink));
  }

  private Listing<Integer> jobsInJson(Consumer<Job> sink) {
    return listing(
        "jobs",
        List.of("squeue", "-a", "--json"),
        Mark.random().environment(),
        (in, problems) -> SlurmJobs.parseJson(in, problems, hideJobNames, sink));
  }

  /** Only where jobs can ask for GPUs: it costs the scheduler as much as the listing itself. */
  @Override
  public Optional<Listing<UnaryOperator<Job>>> jobDetails() {
    if (!site.marksTimes() || !site.hasGpus()) {
      return Optional.empty();
    }
    Mark mark = Mark.random();
    return Optional.of(
        listing(
            "jobDetails",
            List.of("squeue", "-a", "-h", "-O", JobResourceLines.format()),
            mark.environment(),
            (in, problems) -> JobResourceLines.parse(in, problems, mark)));
  }

  @Override
  public Listing<List<Node>> nodes() {
    return listing("nodes", List.of("scontrol", "-o", "show", "node"), Map.of(), SlurmNodes::parse);
  }

  @Override
  public Listing<List<Queue>> queues() {
    return listing(
        "queues",
        List.of("scontrol", "-a", "-o", "show", "partition"),
        Map.of(),
        SlurmPartitions::parse);
  }

  @Override
  public Listing<JobDetail> job(String jobId) {
    String asked = JobIds.askedOf(jobId);
    Mark mark = Mark.random();
    return listing(
        "job",
        List.of("squeue", "-a", "-h", "-j", asked, "-o", JobField.format()),
        mark.environment(),
        (in, problems) -> SlurmJobDetail.parse(in, problems, mark, jobId, hideJobNames));
  }

  private static <T> Listing<T> listing(
      String collector,
      List<String> argv,
      Map<String, String> environment,
      ListingParser<T> parser) {
    return new Listing<>(collector, argv, environment, Set.of(), parser, GAVE_UP);
  }

  /** The same exit code says that slurmctld is down. */
  @Override
  public boolean isUnknownJob(int exitCode, String complaint) {
    return exitCode == FAILED && complaint.contains(UNKNOWN_JOB);
  }
}
