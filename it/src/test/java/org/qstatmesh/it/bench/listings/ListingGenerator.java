package org.qstatmesh.it.bench.listings;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * The listing of a queue that exists nowhere, in the words of three schedulers: the same jobs in
 * each, the same bytes for the same seed.
 *
 * <p>Attributes, their order and their length follow what OpenPBS 23.06, TORQUE 6.1 and Slurm 22.05
 * print; environment and paths are as long as a user's with a few modules loaded.
 */
public final class ListingGenerator {
  /** Long enough for a job on eight nodes. */
  private static final int LONGEST_RECORD = 4 << 10;

  private static final int BUFFER_BYTES = 1 << 18;

  private final long seed;
  private final int jobs;

  /** A queue of so many jobs; no two seeds have the same. */
  public ListingGenerator(long seed, int jobs) {
    this.seed = seed;
    this.jobs = jobs;
  }

  /** How many records each listing has. */
  public int jobs() {
    return jobs;
  }

  /** {@code qstat -f -F dsv} of OpenPBS, about 1.6 kB a job; the stream stays open. */
  public void openPbsDsv(OutputStream out) throws IOException {
    write(out, "", OpenPbsForm::append, "");
  }

  /** {@code qstat -f -x -t} of TORQUE, about 1.8 kB a job, all in one line. */
  public void torqueXml(OutputStream out) throws IOException {
    write(out, "<?xml version=\"1.0\"?>\n<Data>", TorqueForm::append, "</Data>\n");
  }

  /**
   * {@code squeue -a -h -o} with the fields that the probe asks for, about 190 bytes a job.
   *
   * @param mark what a command run by the probe puts behind every time in seconds, tilde included;
   *     empty: times as squeue prints them by itself
   */
  public void squeue(OutputStream out, String mark) throws IOException {
    SlurmForm form = new SlurmForm(mark);
    write(out, "", form::append, "");
  }

  private void write(
      OutputStream out, String head, BiConsumer<StringBuilder, GeneratedJob> form, String foot)
      throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    buffered.write(head.getBytes(StandardCharsets.US_ASCII));
    GeneratedQueue queue = new GeneratedQueue(seed);
    StringBuilder record = new StringBuilder(LONGEST_RECORD);
    for (int i = 0; i < jobs; i++) {
      record.setLength(0);
      form.accept(record, queue.next());
      buffered.write(record.toString().getBytes(StandardCharsets.US_ASCII));
    }
    buffered.write(foot.getBytes(StandardCharsets.US_ASCII));
    buffered.flush();
  }
}
