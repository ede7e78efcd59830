package org.qstatmesh.probe.pbs;

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
import java.util.stream.Stream;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.slurm.SlurmAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;

/** One folder of recorded listings, and the adapter they belong to. */
public record Fixture(Path folder, Adapter adapter) {
  private static final Path ROOT = Path.of("src", "test", "resources", "fixtures");

  private static final Map<String, String> TORQUE =
      Map.of(
          "jobs", "qstat-fxt.out",
          "nodes", "pbsnodes-x.out",
          "queues", "qstat-Qf.out",
          "server", "qstat-Bf.out");

  private static final Map<String, String> OPENPBS =
      Map.of(
          "jobs", "qstat-f-dsv.out",
          "nodes", "pbsnodes-av-dsv.out",
          "queues", "qstat-Qf.out",
          "server", "qstat-Bf.out");

  private static final Map<String, String> SLURM =
      Map.of(
          "jobs", "squeue-a-o.out",
          "nodes", "scontrol-show-node-o.out",
          "queues", "scontrol-show-part-o.out",
          "server", "scontrol-show-config.out");

  /** The fixture of a folder such as {@code torque-6.1.3/mixed}. */
  public static Fixture of(String name) {
    Adapter adapter =
        switch (name.substring(0, name.indexOf('-'))) {
          case "torque" -> new TorqueAdapter(false);
          case "slurm" -> new SlurmAdapter(false);
          default -> new OpenPbsAdapter(false);
        };
    return new Fixture(ROOT.resolve(name), adapter);
  }

  /** Every folder with an ORIGIN.md. */
  public static List<Fixture> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith("ORIGIN.md"))
          .map(file -> ROOT.relativize(file.getParent()).toString().replace('\\', '/'))
          .sorted()
          .map(Fixture::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All its listings. */
  public List<Listing<?>> listings() {
    return List.of(adapter.jobs(), adapter.nodes(), adapter.queues(), adapter.server());
  }

  /** What the listing's command printed. */
  public byte[] bytes(Listing<?> listing) throws IOException {
    Map<String, String> files =
        switch (adapter.drms()) {
          case "torque" -> TORQUE;
          case "slurm" -> SLURM;
          default -> OPENPBS;
        };
    return Files.readAllBytes(folder.resolve(files.get(listing.collector())));
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
  public List<Job> jobs() throws IOException, UnparsableException {
    return flawless(adapter.jobs());
  }

  /** Nodes, without a problem. */
  public List<Node> nodes() throws IOException, UnparsableException {
    return flawless(adapter.nodes());
  }

  private <T> T flawless(Listing<T> listing) throws IOException, UnparsableException {
    Problems problems = new Problems();
    T records = parse(listing, problems);
    if (problems.count() > 0) {
      throw new AssertionError(folder + ": " + problems.notes());
    }
    return records;
  }

  /** The whole folder as the snapshot that a probe would make of it, one record a line. */
  public String snapshotJson() throws IOException, UnparsableException {
    List<CollectorReport> reports = new ArrayList<>();
    ServerFacts server = reported(adapter.server(), reports);
    List<Job> jobs = reported(adapter.jobs(), reports);
    List<Node> nodes = reported(adapter.nodes(), reports);
    List<Queue> queues = reported(adapter.queues(), reports);
    Snapshot snapshot =
        new Snapshot(
            null,
            adapter.drms(),
            server.version(),
            server.serverName(),
            server.visibility(),
            "golden",
            0L,
            0L,
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

  private <T> T reported(Listing<T> listing, List<CollectorReport> reports)
      throws IOException, UnparsableException {
    Problems problems = new Problems();
    T records = parse(listing, problems);
    reports.add(
        new CollectorReport(
            listing.collector(),
            String.join(" ", listing.argv()),
            true,
            0,
            problems.count(),
            null));
    return records;
  }

  @Override
  public String toString() {
    return ROOT.relativize(folder).toString();
  }
}
