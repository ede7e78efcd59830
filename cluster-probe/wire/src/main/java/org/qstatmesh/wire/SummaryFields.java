package org.qstatmesh.wire;

import java.io.IOException;
import java.util.List;

/** The fields of a {@link Summary} on the wire, among those of a {@link PastSummary}. */
final class SummaryFields {
  private static final List<String> JOBS =
      List.of("running", "queued", "held", "suspended", "undetermined");
  private static final List<String> SLOTS =
      List.of("total", "used", "free", "unavailable", "largestFreeOnOneNode");
  private static final List<String> GPUS = List.of("total", "used");
  private static final List<String> NODES =
      List.of("total", "free", "partial", "full", "draining", "offline", "down", "unknown");

  private Summary.Jobs jobs;
  private Summary.Slots slots;
  private Summary.Gpus gpus;
  private Summary.Nodes nodes;
  private Summary.Usage usage;
  private List<Summary.Waiting> waiting;
  private List<Summary.QueueCount> queues;

  static void write(FieldWriter out, Summary summary) throws IOException {
    out.record("jobs", summary.jobs(), SummaryFields::writeJobs);
    out.record("slots", summary.slots(), SummaryFields::writeSlots);
    out.record("gpus", summary.gpus(), SummaryFields::writeGpus);
    out.record("nodes", summary.nodes(), SummaryFields::writeNodes);
    out.record("usage", summary.usage(), UsageFields::write);
    out.records("waiting", summary.waiting(), WaitingFields::write);
    out.records("queues", summary.queues(), QueueCountFields::write);
  }

  private static void writeJobs(FieldWriter out, Summary.Jobs jobs) throws IOException {
    CountFields.write(
        out,
        JOBS,
        jobs.running(),
        jobs.queued(),
        jobs.held(),
        jobs.suspended(),
        jobs.undetermined());
  }

  private static void writeSlots(FieldWriter out, Summary.Slots slots) throws IOException {
    CountFields.write(
        out,
        SLOTS,
        slots.total(),
        slots.used(),
        slots.free(),
        slots.unavailable(),
        slots.largestFreeOnOneNode());
  }

  private static void writeGpus(FieldWriter out, Summary.Gpus gpus) throws IOException {
    CountFields.write(out, GPUS, gpus.total(), gpus.used());
  }

  private static void writeNodes(FieldWriter out, Summary.Nodes nodes) throws IOException {
    CountFields.write(
        out,
        NODES,
        nodes.total(),
        nodes.free(),
        nodes.partial(),
        nodes.full(),
        nodes.draining(),
        nodes.offline(),
        nodes.down(),
        nodes.unknown());
  }

  /** Reads the field if it is one of a summary's, or passes over it. */
  void read(String field, FieldReader in) throws IOException, WireException {
    if (in.isNull()) {
      in.skip();
      return;
    }
    switch (field) {
      case "jobs" -> jobs = jobs(CountFields.read(in, JOBS));
      case "slots" -> slots = slots(CountFields.read(in, SLOTS));
      case "gpus" -> gpus = gpus(CountFields.read(in, GPUS));
      case "nodes" -> nodes = nodes(CountFields.read(in, NODES));
      case "usage" -> usage = UsageFields.read(in);
      case "waiting" ->
          waiting = rows(in, Summary.MAX_REASONS + 1, "reasons to wait", WaitingFields::read);
      case "queues" -> queues = rows(in, in.limits().maxQueues(), "queues", QueueCountFields::read);
      default -> in.skip();
    }
  }

  /** All or nothing: a summary with a part that cannot be read would count what is not there. */
  static <T> List<T> rows(FieldReader in, int most, String things, FieldReader.Row<T> row)
      throws IOException, WireException {
    Rows<T> rows = Rows.read(in, most, things, row);
    if (rows.problems() > 0) {
      in.note(rows.firstProblem());
    }
    return rows.rows();
  }

  private static Summary.Jobs jobs(int[] n) {
    return new Summary.Jobs(n[0], n[1], n[2], n[3], n[4]);
  }

  private static Summary.Slots slots(int[] n) {
    return new Summary.Slots(n[0], n[1], n[2], n[3], n[4]);
  }

  private static Summary.Gpus gpus(int[] n) {
    return new Summary.Gpus(n[0], n[1]);
  }

  private static Summary.Nodes nodes(int[] n) {
    return new Summary.Nodes(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
  }

  Summary summary() {
    return new Summary(jobs, slots, gpus, nodes, usage, waiting, queues);
  }
}
