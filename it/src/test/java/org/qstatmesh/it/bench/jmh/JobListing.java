package org.qstatmesh.it.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.qstatmesh.it.bench.listings.ListingGenerator;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.slurm.SlurmAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.EncodedSnapshot;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;

/** From the bytes of a listing of 100,000 jobs to the frame that answers a poller. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JobListing {
  /** Jobs in the listing; scores are for one of them. */
  static final int JOBS = 100_000;

  private static final long SEED = 20_261_122;

  /** Which command's output. */
  public enum Form {
    OPENPBS_DSV,
    TORQUE_XML,
    SQUEUE
  }

  /** The command's output. */
  @Param public Form form;

  private Adapter adapter;
  private byte[] listing;
  private Listing<Integer> parser;
  private EncodedRecords<Job> jobs;

  /** Prints the listing. */
  @Setup(Level.Trial)
  public void print() throws IOException {
    adapter =
        switch (form) {
          case OPENPBS_DSV -> new OpenPbsAdapter(false);
          case TORQUE_XML -> new TorqueAdapter(false);
          case SQUEUE -> new SlurmAdapter(false);
        };
    Consumer<Job> sink = job -> jobs.add(job);
    parser = adapter.jobs(sink);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ListingGenerator generator = new ListingGenerator(SEED, JOBS);
    switch (form) {
      case OPENPBS_DSV -> generator.openPbsDsv(out);
      case TORQUE_XML -> generator.torqueXml(out);
      // "%s" is the time, what follows the mark of this run
      case SQUEUE ->
          generator.squeue(out, parser.environment().get("SLURM_TIME_FORMAT").substring(2));
    }
    listing = out.toByteArray();
  }

  /** Every job as a record, the records encoded. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public EncodedSnapshot parsedAndEncoded() {
    jobs = EncodedRecords.ofJobs();
    Problems problems = new Problems();
    int count;
    try (Reader in =
        new InputStreamReader(new ByteArrayInputStream(listing), StandardCharsets.UTF_8)) {
      count = parser.parser().parse(in, problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnparsableException e) {
      throw new IllegalStateException(e);
    }
    if (count != JOBS || problems.count() > 0) {
      throw new IllegalStateException(count + " jobs, " + problems.notes());
    }
    return WireCodec.encodeSnapshot(head(), jobs, null, null);
  }

  /** The same, and the reply to one poller. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public byte[] parsedEncodedAndReplied() {
    return WireCodec.reply("1", parsedAndEncoded(), 5, true).bytes();
  }

  private Snapshot head() {
    return new Snapshot(
        null,
        adapter.drms(),
        null,
        null,
        null,
        "1-1",
        null,
        1,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
