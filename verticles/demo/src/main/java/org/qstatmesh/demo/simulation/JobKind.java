package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A kind of job that people submit.
 *
 * @param weight how often, compared with the other kinds of its stream
 * @param names what such jobs are called
 * @param nodes fewest and most nodes
 * @param coresPerNode one of these
 * @param gpusPerNode one of these
 * @param seconds shortest and longest run; lengths in between are spread evenly by their logarithm
 * @param tasks fewest and most tasks; 1 and 1 for a job that is no array
 */
record JobKind(
    double weight,
    List<String> names,
    Range nodes,
    List<Integer> coresPerNode,
    List<Integer> gpusPerNode,
    Range seconds,
    Range tasks) {
  /** From and to, both included. */
  record Range(int from, int to) {
    int draw(SplittableRandom random) {
      return from + random.nextInt(to - from + 1);
    }
  }

  static final Range ONE = new Range(1, 1);
  private static final List<Integer> NONE = List.of(0);
  private static final int MOST_ARRAY_CORES = 4;
  private static final int MANY_NODES = 200;
  private static final double SLOT_LIMITED = 0.3;
  private static final double AWKWARD = 0.015;
  private static final int[] LIMIT_HOURS = {1, 2, 4, 8, 12, 24, 48, 72, 96, 168};

  /** Names that some script on the way will take for something else. */
  private static final List<String> AWKWARD_NAMES =
      List.of(
          "<img src=x onerror=alert(1)>",
          "O'Brien's \"final, really\"",
          "a|b\\c=d",
          "1e5",
          "nan",
          "${HOME};rm -rf ~",
          "</Job_Name><Job>",
          "--help");

  JobKind {
    names = List.copyOf(names);
    coresPerNode = List.copyOf(coresPerNode);
    gpusPerNode = List.copyOf(gpusPerNode);
  }

  /** What fills nodes without GPUs. */
  static List<JobKind> onCores(NodeKind kind) {
    List<JobKind> kinds = new ArrayList<>(List.of(serial(), ensemble()));
    kinds.add(
        new JobKind(
            28,
            List.of("g16_opt", "orca_ts", "blast_nr", "bowtie2", "relax"),
            ONE,
            List.of(2, 4, 8, kind.cores() / 2),
            NONE,
            new Range(1_200, 57_600),
            ONE));
    int most = Math.max(1, Math.min(8, kind.count() / 6));
    kinds.add(
        wholeNodes(
            22,
            List.of("vasp_slab", "gmx_npt", "les_channel", "wrf_d02", "cp2k_md"),
            new Range(1, most),
            kind,
            new Range(1_800, 108_000)));
    if (kind.count() >= MANY_NODES) {
      kinds.add(
          wholeNodes(
              3,
              List.of("nbody_2048", "icon_r2b9", "dns_re5200"),
              new Range(most, kind.count() / 16),
              kind,
              new Range(3_600, 72_000)));
    }
    return kinds;
  }

  private static JobKind serial() {
    return new JobKind(
        30,
        List.of("postproc", "fit", "extract", "dock_lig7", "trajectory"),
        ONE,
        List.of(1),
        NONE,
        new Range(600, 28_800),
        ONE);
  }

  private static JobKind ensemble() {
    return new JobKind(
        12,
        List.of("ensemble", "scan_phi", "bootstrap", "mc_chain"),
        ONE,
        List.of(1, 2, MOST_ARRAY_CORES),
        NONE,
        new Range(300, 7_200),
        new Range(8, 48));
  }

  private static JobKind wholeNodes(
      double weight, List<String> names, Range nodes, NodeKind kind, Range seconds) {
    return new JobKind(weight, names, nodes, List.of(kind.cores()), NONE, seconds, ONE);
  }

  /** What fills nodes with GPUs. */
  static List<JobKind> onGpus(NodeKind kind) {
    return List.of(
        new JobKind(
            5,
            List.of("train_gnn", "finetune", "af2_multimer", "namd_gpu"),
            ONE,
            List.of(kind.cores() / kind.gpus()),
            List.of(1),
            new Range(1_800, 72_000),
            ONE),
        new JobKind(
            1,
            List.of("pretrain", "sweep_lr"),
            ONE,
            List.of(kind.cores()),
            List.of(kind.gpus()),
            new Range(7_200, 115_200),
            ONE));
  }

  /** Short tests, {@code pace} times as long as they are when somebody looks. */
  static JobKind tests(int pace) {
    return new JobKind(
        1,
        List.of("test", "smoke", "try2", "STDIN", "check_input"),
        ONE,
        List.of(1, 1, 2, MOST_ARRAY_CORES),
        NONE,
        new Range(20 * pace, 240 * pace),
        ONE);
  }

  /** Draws one. */
  Order draw(SplittableRandom random, ClusterPlan plan) {
    int count = tasks.draw(random);
    boolean array = tasks.to() > 1;
    long longest = 0;
    List<Long> durations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long duration = drawSeconds(random);
      durations.add(duration);
      longest = Math.max(longest, duration);
    }
    int gpus = one(gpusPerNode, random);
    Request request = new Request(nodes.draw(random), one(coresPerNode, random), gpus);
    long limit = limitSeconds(longest * (1 + random.nextDouble()));
    int slotLimit = array && random.nextDouble() < SLOT_LIMITED ? Math.max(2, count / 6) : 0;
    String name = one(random.nextDouble() < AWKWARD ? AWKWARD_NAMES : names, random);
    return new Order(
        name, plan.queueFor(request, limit).name(), request, limit, array, slotLimit, durations);
  }

  private long drawSeconds(SplittableRandom random) {
    double octaves = Math.log((double) seconds.to() / seconds.from());
    return Math.round(seconds.from() * Math.exp(octaves * random.nextDouble()));
  }

  private static long limitSeconds(double wanted) {
    for (int hours : LIMIT_HOURS) {
      if (hours * 3_600 >= wanted) {
        return hours * 3_600L;
      }
    }
    return LIMIT_HOURS[LIMIT_HOURS.length - 1] * 3_600L;
  }

  private static <T> T one(List<T> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }
}
