package org.qstatmesh.it.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's Slurm as it is: munged, slurmctld and a slurmd for each node that lives, on loopback
 * ports and in a directory of their own. Needs root, because jobs run as several users. Every
 * process of it has its configuration in its environment, jobs too; by that they are found in the
 * end.
 */
public final class SlurmCluster implements AutoCloseable {
  /** The users that submit jobs, and their groups. */
  private static final Map<String, String> USERS =
      Map.of("qm-alice", "qm-chem", "qm-bob", "qm-chem", "qm-carol", "qm-phys");

  /** Nodes whose slurmd runs. */
  private static final List<String> ALIVE = List.of("n001", "n002", "smt1", "g01");

  private static final int KEY_BYTES = 128;

  private final Path directory;
  private final List<RunningProcess> daemons = new ArrayList<>();
  private RunningProcess controller;

  private SlurmCluster(Path directory) {
    this.directory = directory;
  }

  /** Starts it and blocks until its living nodes are idle. */
  public static SlurmCluster start(Path directory) throws Exception {
    SlurmCluster cluster = new SlurmCluster(directory);
    try {
      cluster.addUsers();
      cluster.prepare();
      cluster.startDaemons();
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void addUsers() throws Exception {
    for (Map.Entry<String, String> user : USERS.entrySet()) {
      if (!exists("group", user.getValue())) {
        RunningProcess.run("groupadd", "--system", user.getValue());
      }
      if (!exists("passwd", user.getKey())) {
        RunningProcess.run(
            "useradd", "--system", "--no-create-home", "-g", user.getValue(), user.getKey());
      }
    }
  }

  private static boolean exists(String database, String name) throws IOException {
    try (RunningProcess getent =
        RunningProcess.start("getent", List.of("getent", database, name))) {
      return getent.exitCode(Eventually.PATIENCE) == 0;
    }
  }

  private void prepare() throws IOException {
    // Jobs of other users must get through.
    open(directory.getParent());
    for (String name : List.of("", "munge", "state", "spool")) {
      open(Files.createDirectories(directory.resolve(name)));
    }
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path keyFile = Files.write(directory.resolve("munge/key"), key);
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    for (String node : ALIVE) {
      Files.createDirectories(directory.resolve("spool").resolve(node));
    }
    // A GPU is a device; this one is nobody's.
    for (int gpu = 0; gpu < 4; gpu++) {
      Files.createSymbolicLink(directory.resolve("gpu" + gpu), Path.of("/dev/null"));
    }
    Files.writeString(
        directory.resolve("gres.conf"),
        "NodeName=g01 Name=gpu Type=a100 File=" + directory + "/gpu[0-3]\n");
    Path job = Files.writeString(directory.resolve("job.sh"), "#!/bin/sh\nexec sleep 36000\n");
    open(job);
    writeConfiguration();
  }

  private static void open(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void writeConfiguration() throws IOException {
    Path template = directory.resolve("slurm.conf.template");
    Checkout.copyResource("slurm/slurm.conf", template);
    String host = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
    String text =
        Files.readString(template).replace("DIRECTORY", directory.toString()).replace("HOST", host);
    StringBuilder written = new StringBuilder();
    Matcher port = Pattern.compile("\\bPORT\\b").matcher(text);
    while (port.find()) {
      port.appendReplacement(written, Integer.toString(Checkout.freePort()));
    }
    port.appendTail(written);
    Files.writeString(configuration(), written);
  }

  private void startDaemons() throws Exception {
    Path munge = directory.resolve("munge");
    // --force: root owns what Debian gives to the user munge.
    start(
            "munged",
            List.of(
                "/usr/sbin/munged",
                "--foreground",
                "--force",
                "--key-file=" + munge.resolve("key"),
                "--socket=" + munge.resolve("socket"),
                "--pid-file=" + munge.resolve("pid"),
                "--log-file=" + munge.resolve("log"),
                "--seed-file=" + munge.resolve("seed")))
        .awaitLine("Created socket");
    startController();
    for (String node : ALIVE) {
      start("slurmd " + node, List.of("/usr/sbin/slurmd", "-D", "-N", node));
    }
    Eventually.eventually(
        "the nodes are idle",
        Eventually.PATIENCE,
        () ->
            run("sinfo", "-h", "-N", "-n", String.join(",", ALIVE), "-o", "%T")
                .lines()
                .allMatch("idle"::equals),
        this::log);
  }

  /** Starts slurmctld, again with the jobs that it had, and blocks until it answers. */
  public void startController() throws Exception {
    controller = start("slurmctld", List.of("/usr/sbin/slurmctld", "-D"));
    Eventually.eventually(
        "slurmctld answers",
        Eventually.PATIENCE,
        () -> {
          if (!controller.isAlive()) {
            throw new AssertionError("slurmctld ended: " + controller.output());
          }
          try (RunningProcess ping = command(List.of("scontrol", "ping"))) {
            return ping.exitCode(Eventually.PATIENCE) == 0;
          }
        },
        this::log);
  }

  private RunningProcess start(String name, List<String> words) throws IOException {
    RunningProcess daemon = RunningProcess.start(name, words, environment());
    daemons.add(daemon);
    return daemon;
  }

  private RunningProcess command(List<String> words) throws IOException {
    return RunningProcess.start(words.get(0), words, environment());
  }

  /** Runs a command of Slurm's and returns what it said; fails when its exit code is not 0. */
  public String run(String... words) throws Exception {
    try (RunningProcess command = command(List.of(words))) {
      int code = command.exitCode(Eventually.PATIENCE);
      if (code != 0) {
        throw new IOException(
            String.join(" ", words) + " ended with " + code + "\n" + command.output());
      }
      return command.output();
    }
  }

  /**
   * A job that sleeps, submitted as the user; its id. One of several parts has {@code ":"} between
   * their options.
   */
  public String submit(String user, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("runuser", "-u", user, "--", "sbatch"));
    words.addAll(List.of("--parsable", "-D", "/", "-o", "/dev/null", "-e", "/dev/null"));
    words.addAll(List.of(options));
    words.add(directory.resolve("job.sh").toString());
    return run(words.toArray(String[]::new)).strip();
  }

  /** Stops slurmctld in the middle of whatever it does: it accepts connections and says nothing. */
  public void freezeController() throws Exception {
    controller.freeze();
  }

  /** Lets it go on. */
  public void thawController() throws Exception {
    controller.thaw();
  }

  /** Ends slurmctld, which writes down what it knows; jobs and slurmds go on. */
  public void stopController() {
    controller.terminate();
    controller.exitCode(Eventually.PATIENCE);
  }

  /** What a command must find in its environment to talk to this cluster. */
  public Map<String, String> environment() {
    return Map.of("SLURM_CONF", configuration().toString());
  }

  private Path configuration() {
    return directory.resolve("slurm.conf");
  }

  private String log() {
    StringBuilder log = new StringBuilder();
    for (RunningProcess daemon : daemons) {
      log.append("---- ").append(daemon.pid()).append('\n').append(daemon.output()).append('\n');
    }
    return log.toString();
  }

  /** Kills everything that has this configuration in its environment, until there is no more. */
  @Override
  public void close() {
    try {
      Eventually.eventually(
          "the cluster is gone",
          () -> {
            List<ProcessHandle> left = processes();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    daemons.forEach(RunningProcess::close);
  }

  private List<ProcessHandle> processes() {
    String variable = "SLURM_CONF=" + configuration();
    return ProcessHandle.allProcesses().filter(each -> has(each, variable)).toList();
  }

  private static boolean has(ProcessHandle process, String variable) {
    try {
      Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
      String environment = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + variable + "\0");
    } catch (IOException e) {
      return false; // gone meanwhile, or a part of the kernel
    }
  }
}
