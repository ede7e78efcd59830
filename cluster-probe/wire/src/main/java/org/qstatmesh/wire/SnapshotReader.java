package org.qstatmesh.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a {@link Snapshot}.
 *
 * <p>A bad value in the snapshot's own fields or in {@code collectors} refuses the document. A bad
 * record in {@code jobs}, {@code nodes} or {@code queues} is left out and counted in the {@code
 * problems} of that collector's report, which is made if the probe sent none. An array of which not
 * one record is good is read as null, as if its collector had failed.
 */
final class SnapshotReader {
  private static final Map<String, Visibility> VISIBILITIES =
      Arrays.stream(Visibility.values())
          .collect(Collectors.toUnmodifiableMap(Visibility::name, Function.identity()));

  /** There are four; later versions may have more. */
  private static final int MOST_COLLECTORS = 32;

  private String cluster;
  private String drms;
  private String drmsVersion;
  private String serverName;
  private Visibility visibility;
  private String snapshotId;
  private String etag;
  private Long takenAtEpochMillis;
  private Long ageMillis;
  private String probeVersion;
  private Integer minimumIntervalSeconds;
  private Cost cost;
  private final List<CollectorReport> collectors = new ArrayList<>();
  private Rows<Job> jobs;
  private Rows<Node> nodes;
  private Rows<Queue> queues = Rows.absent();

  private SnapshotReader() {}

  static Snapshot read(FieldReader in) throws IOException, WireException {
    SnapshotReader snapshot = new SnapshotReader();
    if (in.startsObject()) {
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        snapshot.read(field, in);
        in.insist();
      }
    }
    snapshot.noteMissing(in);
    in.insist();
    return snapshot.finish();
  }

  private void read(String field, FieldReader in) throws IOException, WireException {
    WireLimits limits = in.limits();
    switch (field) {
      case "cluster" -> cluster = in.text();
      case "drms" -> drms = in.identifier();
      case "drmsVersion" -> drmsVersion = in.text();
      case "serverName" -> serverName = in.text();
      case "visibility" -> visibility = readVisibility(in);
      case "snapshotId" -> snapshotId = in.text();
      case "etag" -> etag = in.text();
      case "takenAtEpochMillis" -> takenAtEpochMillis = in.amount();
      case "ageMillis" -> ageMillis = in.amount();
      case "probeVersion" -> probeVersion = in.text();
      case "minimumIntervalSeconds" -> minimumIntervalSeconds = in.count();
      case "cost" -> cost = CostFields.read(in);
      case "collectors" -> readCollectors(in);
      case "jobs" -> jobs = Rows.read(in, limits.maxJobs(), "jobs", JobFields::read);
      case "nodes" -> nodes = Rows.read(in, limits.maxNodes(), "nodes", NodeFields::read);
      case "queues" -> queues = Rows.read(in, limits.maxQueues(), "queues", QueueFields::read);
      default -> in.skip();
    }
  }

  static Visibility readVisibility(FieldReader in) throws IOException, WireException {
    return in.constant(VISIBILITIES, Visibility.UNKNOWN);
  }

  private void readCollectors(FieldReader in) throws IOException, WireException {
    if (in.isNull() || !in.startsArray()) {
      return;
    }
    while (in.nextElement()) {
      if (collectors.size() == MOST_COLLECTORS) {
        throw in.tooMany(MOST_COLLECTORS, "collectors");
      }
      CollectorReport report = CollectorFields.read(in);
      in.insist();
      collectors.add(report);
    }
  }

  private void noteMissing(FieldReader in) {
    if (drms == null) {
      in.note("drms is missing");
    }
    if (takenAtEpochMillis == null) {
      in.note("takenAtEpochMillis is missing");
    }
    if (jobs == null) {
      in.note("jobs is missing (null if they could not be collected)");
    }
    if (nodes == null) {
      in.note("nodes is missing (null if they could not be collected)");
    }
  }

  private Snapshot finish() {
    report("jobs", jobs);
    report("nodes", nodes);
    report("queues", queues);
    return new Snapshot(
        cluster,
        drms,
        drmsVersion,
        serverName,
        visibility,
        snapshotId,
        etag,
        takenAtEpochMillis,
        ageMillis,
        probeVersion,
        minimumIntervalSeconds,
        cost,
        collectors,
        jobs.rows(),
        nodes.rows(),
        queues.rows());
  }

  /** Adds what was left out here to what the probe left out itself. */
  private void report(String collector, Rows<?> rows) {
    if (rows.problems() == 0) {
      return;
    }
    CollectorReport sent = new CollectorReport(collector, null, true, 0, null, 0, null);
    int at = 0;
    while (at < collectors.size() && !collectors.get(at).collector().equals(collector)) {
      at++;
    }
    if (at < collectors.size()) {
      sent = collectors.remove(at);
    }
    ProbeError error = sent.error();
    if (rows.allBad() && error == null) {
      error =
          ProbeError.of(
              ProbeErrorCode.DRMS_UNPARSABLE,
              "none of " + rows.problems() + " records can be read; " + rows.firstProblem());
    }
    collectors.add(
        at,
        new CollectorReport(
            collector,
            sent.command(),
            sent.success() && !rows.allBad(),
            sent.durationSeconds(),
            sent.outputBytes(),
            (int) Math.min(Integer.MAX_VALUE, (long) sent.problems() + rows.problems()),
            error));
  }
}
