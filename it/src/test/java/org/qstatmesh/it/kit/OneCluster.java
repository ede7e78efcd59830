package org.qstatmesh.it.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A mesh of one recorded OpenPBS cluster, whose jobs and nodes a test may change. */
public final class OneCluster implements AutoCloseable {
  /** The cluster. */
  public static final String CLUSTER = "openpbs";

  /** The job that {@link #startJob()} starts, of an owner who has none in the recording. */
  public static final String JOB = "900.login1";

  private static final String LISTING = "qstat-f-dsv.out";
  private static final DateTimeFormatter PBS_TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FakeScheduler scheduler;
  private final ProbeProcess probe;
  private final MeshProcess mesh;
  private final Path conf;

  private OneCluster(FakeScheduler scheduler, ProbeProcess probe, MeshProcess mesh, Path conf) {
    this.scheduler = scheduler;
    this.probe = probe;
    this.mesh = mesh;
    this.conf = conf;
  }

  /** All of it in that directory, with a poll a second. */
  public static OneCluster start(Path directory) throws Exception {
    return start(directory, Map.of());
  }

  /** The same, with more files in conf/: text by name. */
  public static OneCluster start(Path directory, Map<String, String> more) throws Exception {
    FakeScheduler scheduler = FakeScheduler.openPbs(directory.resolve(CLUSTER));
    ProbeProcess probe = ProbeProcess.serving(scheduler);
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10).direct(CLUSTER, probe.endpoint());
    for (Map.Entry<String, String> file : more.entrySet()) {
      Files.writeString(conf.directory().resolve(file.getKey()), file.getValue());
    }
    MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
    return new OneCluster(scheduler, probe, mesh, conf.directory());
  }

  /** The mesh. */
  public MeshProcess mesh() {
    return mesh;
  }

  /** The probe. */
  public ProbeProcess probe() {
    return probe;
  }

  /** conf/. */
  public Path conf() {
    return conf;
  }

  /** A job of dora's starts on 40 cores of node n001. */
  public void startJob() throws Exception {
    long now = System.currentTimeMillis() / 1_000;
    list(JOB, 40, now, now);
  }

  /**
   * Puts a job of dora's into the listing.
   *
   * @param started seconds of the epoch; null while it waits
   */
  public void list(String job, int slots, long submitted, Long started) throws Exception {
    String where =
        started == null
            ? ""
            : "|exec_host=n001/1|exec_vnode=(n001:ncpus=" + slots + ")|stime=" + time(started);
    String line =
        "Job Id: %s|Job_Name=new|Job_Owner=dora@login1.cluster.example|job_state=%s"
                .formatted(job, started == null ? "Q" : "R")
            + "|queue=batch|server=login1|ctime="
            + time(submitted)
            + where
            + "|Resource_List.ncpus=%d|Resource_List.nodect=1|euser=dora|egroup=chem\n"
                .formatted(slots);
    scheduler.edit(LISTING, jobs -> jobs + line);
  }

  /** Takes a job out of the listing. */
  public void unlist(String job) throws Exception {
    scheduler.edit(LISTING, jobs -> jobs.replaceFirst("(?m)^Job Id: " + job + "\\|.*\n", ""));
  }

  /** Brings node n009 from one state to another. */
  public void turnNode(String from, String to) throws Exception {
    scheduler.edit(
        "pbsnodes-a-dsv.out",
        nodes -> nodes.replaceFirst("(Name=n009\\|[^\n]*\\|state=)" + from, "$1" + to));
  }

  private static String time(long epochSeconds) {
    return PBS_TIME.format(Instant.ofEpochSecond(epochSeconds));
  }

  @Override
  public void close() {
    mesh.close();
    probe.close();
  }
}
