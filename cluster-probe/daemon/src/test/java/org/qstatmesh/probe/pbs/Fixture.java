package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.Supplement;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.gridengine.GridEngineAdapter;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.slurm.SlurmAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;

/** One folder of recorded listings, and the adapter they belong to. */
public record Fixture(Path folder, Adapter adapter) {
  private static final String SLURM_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d";

  private static final Path ROOT = Path.of("src", "test", "resources", "fixtures");

  /** Which file holds the output of which collector's command, by scheduler. */
  private static final Map<String, Map<String, String>> FILES =
      Map.of(
          "torque",
          Map.of(
              "jobs", "qstat-fxt.out",
              "jobDetails", "showq.out",
              "jobReasons", "showq-b.out",
              "nodes", "pbsnodes-x.out",
              "queues", "qstat-Qf.out",
              "server", "qstat-Bf.out"),
          "openpbs",
          Map.of(
              "jobs", "qstat-f-dsv.out",
              "nodes", "pbsnodes-av-dsv.out",
              "queues", "qstat-Qf.out",
              "server", "qstat-Bf.out"),
          "slurm",
          Map.of(
              "jobs", "squeue-a-o.out",
              "nodes", "scontrol-show-node-o.out",
              "queues", "scontrol-show-part-o.out",
              "server", "scontrol-show-config.out"),
          "gridengine",
          Map.of(
              "jobs", "qstat-f-u-all-xml.out",
              "jobDetails", "qstat-j-all-xml.out",
              "nodes", "qhost-q-xml.out",
              "nodeDetails", "qhost-F-xml.out",
              "queues", "qhost-q-xml.out",
              "server", "qstat-help.out"));

  /** The fixture of a folder such as {@code torque-6.1.3/mixed}. */
  public static Fixture of(String name) {
    Adapter adapter =
        switch (schedulerOf(name)) {
          case "torque" ->
              new TorqueAdapter(false, Files.exists(ROOT.resolve(name).resolve("showq.out")));
          case "openpbs" -> new OpenPbsAdapter(false);
          case "slurm" -> new SlurmAdapter(false);
          case "gridengine" -> new GridEngineAdapter(false);
          default -> throw new IllegalArgumentException("no adapter for " + name);
        };
    return new Fixture(ROOT.resolve(name), adapter);
  }

  private static String schedulerOf(String name) {
    return name.substring(0, name.indexOf('-'));
  }

  /** Every folder with an ORIGIN.md of a scheduler whose files are named above. */
  public static List<Fixture> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith("ORIGIN.md"))
          .map(file -> ROOT.relativize(file.getParent()).toString().replace('\\', '/'))
          .filter(name -> FILES.containsKey(schedulerOf(name)))
          .sorted()
          .map(Fixture::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All its listings. */
  public List<Listing<?>> listings() {
    List<Listing<?>> listings = new ArrayList<>();
    listings.addAll(List.of(jobsOf(adapter), adapter.nodes(), adapter.queues(), adapter.server()));
    adapter.jobDetails().ifPresent(listings::add);
    adapter.jobReasons().ifPresent(listings::add);
    adapter.nodeSupplement().ifPresent(supplement -> listings.add(supplement.listing()));
    return listings;
  }

  /** What the listing's command printed. */
  public byte[] bytes(Listing<?> listing) throws IOException {
    return bytes(listing, listing);
  }

  /**
   * What the listing's command printed, as another listing's would. Slurm's jobs get the mark
   * behind their times, which the command of the recording was not asked for.
   */
  public byte[] bytes(Listing<?> listing, Listing<?> asked) throws IOException {
    byte[] recorded =
        Files.readAllBytes(folder.resolve(FILES.get(adapter.drms()).get(listing.collector())));
    String format = asked.environment().get("SLURM_TIME_FORMAT");
    return format == null || !listing.collector().equals("jobs")
        ? recorded
        : new String(recorded, StandardCharsets.ISO_8859_1)
            .replaceAll(SLURM_TIME, "$0" + format.substring("%s".length()))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whose form the answer of the command for one job has. */
  public String collectorOfJobForm() {
    return adapter.drms().equals("gridengine") ? "jobDetails" : "jobs";
  }

  /** What the command for one job prints, for all jobs. */
  public byte[] bytesOfJob() throws IOException {
    return Files.readAllBytes(folder.resolve(FILES.get(adapter.drms()).get(collectorOfJobForm())));
  }

  /** The command for the first job listed, if any is; its problems do not matter. */
  public Optional<Listing<JobDetail>> jobQuery() throws IOException, UnparsableException {
    return parse(jobsOf(adapter), new Problems()).stream()
        .findFirst()
        .map(job -> adapter.job(job.jobId()));
  }

  /**
   * What the listing's parser makes of it, given a listing with the parser's own kind of result.
   */
  public <T> T parse(Listing<T> listing, Problems problems)
      throws IOException, UnparsableException {
    return parse(listing, bytes(listing), problems);
  }

  /** The same of any bytes, decoded as the runner of the commands does. */
  public static <T> T parse(Listing<T> listing, byte[] bytes, Problems problems)
      throws IOException, UnparsableException {
    Reader reader = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
    return listing.parser().parse(reader, problems);
  }

  /** Jobs, without a problem. */
  public List<Job> jobs() throws Exception {
    return completed(this::flawless);
  }

  /** Nodes, without a problem. */
  public List<Node> nodes() throws Exception {
    return supplemented(flawless(adapter.nodes()), adapter.nodeSupplement(), this::flawless);
  }

  /** The listing of an adapter's jobs as a list of them. */
  public static Listing<List<Job>> jobsOf(Adapter adapter) {
    List<Job> jobs = new ArrayList<>();
    Listing<Integer> listing = adapter.jobs(jobs::add);
    return new Listing<>(
        listing.collector(),
        listing.argv(),
        listing.environment(),
        listing.goodExitCodes(),
        (in, problems) -> {
          jobs.clear();
          int count = listing.parser().parse(in, problems);
          assertEquals(count, jobs.size());
          return List.copyOf(jobs);
        });
  }

  private List<Job> completed(ListingReader reader) throws Exception {
    UnaryOperator<Job> details = completion(adapter.jobDetails(), reader);
    UnaryOperator<Job> reasons = completion(adapter.jobReasons(), reader);
    return reader.read(jobsOf(adapter)).stream().map(details).map(reasons).toList();
  }

  private static UnaryOperator<Job> completion(
      Optional<Listing<UnaryOperator<Job>>> listing, ListingReader reader) throws Exception {
    return listing.isPresent() ? reader.read(listing.get()) : UnaryOperator.identity();
  }

  /** How a listing of this folder is read. */
  private interface ListingReader {
    <T> T read(Listing<T> listing) throws Exception;
  }

  private static <R> R supplemented(
      R records, Optional<Supplement<R, ?>> supplement, ListingReader reader) throws Exception {
    return supplement.isEmpty() ? records : with(records, supplement.get(), reader);
  }

  private static <R, S> R with(R records, Supplement<R, S> supplement, ListingReader reader)
      throws Exception {
    return supplement.join().apply(records, reader.read(supplement.listing()));
  }

  private <T> T flawless(Listing<T> listing) throws IOException, UnparsableException {
    Problems problems = new Problems();
    T records = parse(listing, problems);
    if (problems.count() > 0) {
      throw new AssertionError(folder + ": " + problems.notes());
    }
    return records;
  }

  /** Gives the text of a listing. */
  public interface Source {
    /** What its command printed. */
    byte[] of(Listing<?> listing) throws Exception;
  }

  /** The whole folder as the snapshot that a probe would make of it, one record a line. */
  public String snapshotJson() throws Exception {
    return snapshotJson(this::bytes);
  }

  /** The same with other texts than the folder's. */
  public String snapshotJson(Source source) throws Exception {
    List<CollectorReport> reports = new ArrayList<>();
    ListingReader reader = new Reporting(source, reports);
    ServerFacts server = reader.read(adapter.server());
    List<Job> jobs = completed(reader);
    List<Node> nodes = supplemented(reader.read(adapter.nodes()), adapter.nodeSupplement(), reader);
    List<Queue> queues = reader.read(adapter.queues());
    Snapshot snapshot =
        new Snapshot(
            null,
            adapter.drms(),
            server.version(),
            server.serverName(),
            server.visibility(),
            "golden",
            null,
            0L,
            0L,
            null,
            null,
            null,
            reports,
            jobs,
            nodes,
            queues);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    WireCodec.writeSnapshot(snapshot, json);
    return json.toString(StandardCharsets.UTF_8)
        .replace("[{", "[\n{")
        .replace("},{", "},\n{")
        .concat("\n");
  }

  /** Reads, and reports as the probe does. */
  private record Reporting(Source source, List<CollectorReport> reports) implements ListingReader {
    @Override
    public <T> T read(Listing<T> listing) throws Exception {
      Problems problems = new Problems();
      T records = parse(listing, source.of(listing), problems);
      reports.add(
          new CollectorReport(
              listing.collector(),
              String.join(" ", listing.argv()),
              true,
              0,
              null,
              problems.count(),
              null));
      return records;
    }
  }

  @Override
  public String toString() {
    return ROOT.relativize(folder).toString();
  }
}
