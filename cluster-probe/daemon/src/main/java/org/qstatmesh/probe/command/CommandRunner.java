package org.qstatmesh.probe.command;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.TooManyRecordsException;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;

/**
 * Runs listings: finds the command, starts it without a shell in a session of its own, gives its
 * output to the parser while it comes, and judges what came of it. Any thread; each run is served
 * by the thread that asks. After {@link #close()} no command runs and none is started.
 */
public final class CommandRunner implements AutoCloseable {
  private static final Path ROOT = Path.of("/");

  private final CommandPath path;
  private final Map<String, String> environment;
  private final CommandLimits limits;
  private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();

  /** Whether a collector's older way is the one that works; nothing of one that never did. */
  private final Map<String, Boolean> wordings = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /**
   * Runs nothing yet.
   *
   * @param path where commands are looked for
   * @param inherited the environment to take the scheduler's own variables from
   * @param limits of every run
   */
  public CommandRunner(CommandPath path, Map<String, String> inherited, CommandLimits limits) {
    this.path = path;
    this.environment = CommandEnvironment.of(inherited, path);
    this.limits = limits;
  }

  /** Where commands are looked for. */
  public CommandPath path() {
    return path;
  }

  /** The deadline of {@link #run(Listing)}. */
  public Duration deadline() {
    return limits.deadline();
  }

  /**
   * Runs one listing within the usual deadline; never throws for what the command or parser does.
   */
  public <T> CommandOutcome<T> run(Listing<T> listing) {
    return run(listing, limits.deadline());
  }

  /**
   * The same within another deadline. A command that fails by itself without a word on standard
   * output may only not know its options: until it answered once, the older way is tried too, and
   * kept to where it works.
   */
  public <T> CommandOutcome<T> run(Listing<T> listing, Duration deadline) {
    Listing<T> older = listing.older();
    if (older == null) {
      return runAsWorded(listing, deadline);
    }
    Boolean answersOlder = wordings.get(listing.collector());
    CommandOutcome<T> outcome =
        runAsWorded(Boolean.TRUE.equals(answersOlder) ? older : listing, deadline);
    if (outcome.success()) {
      wordings.putIfAbsent(listing.collector(), false);
      return outcome;
    }
    boolean refused = outcome.exitCode() != null && outcome.outputBytes() == 0;
    if (answersOlder != null || !refused || closed) {
      wordings.remove(listing.collector(), true);
      return outcome;
    }
    CommandOutcome<T> second = runAsWorded(older, deadline);
    if (second.success()) {
      wordings.put(listing.collector(), true);
    }
    return second.success() ? second : outcome;
  }

  private <T> CommandOutcome<T> runAsWorded(Listing<T> listing, Duration deadline) {
    Attempt<T> attempt = new Attempt<>(listing);
    ProcessSession session;
    try {
      session = start(listing.argv(), listing.environment());
    } catch (CommandMissingException missing) {
      return attempt.failed(ProbeErrorCode.DRMS_COMMAND_MISSING, missing.getMessage());
    } catch (IOException notStarted) {
      return attempt.failed(
          ProbeErrorCode.DRMS_COMMAND_FAILED,
          attempt.command + " could not be started: " + Printable.escape(notStarted.getMessage()));
    }
    try (RunningCommand command = new RunningCommand(session, limits.withDeadline(deadline))) {
      running.add(command);
      try {
        if (closed) {
          command.cancel(); // closed between the start and the registration
        }
        return attempt.follow(command);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return attempt.failed(ProbeErrorCode.DRMS_COMMAND_FAILED, "the probe is stopping");
      } finally {
        running.remove(command);
      }
    }
  }

  private ProcessSession start(List<String> argv, Map<String, String> more)
      throws CommandMissingException, IOException {
    if (closed) {
      throw new IOException("the probe is stopping");
    }
    List<String> words = ProcessSession.starters();
    words.add(path.find(argv.get(0)).toString());
    words.addAll(argv.subList(1, argv.size()));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    builder.directory(ROOT.toFile()); // a home folder on a hanging file server must not be ours
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    return ProcessSession.start(builder);
  }

  /** Kills what runs, with all it started; the runs end with an error. */
  @Override
  public void close() {
    closed = true;
    for (RunningCommand command : running) {
      try {
        command.cancel();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One listing on its way to an outcome. */
  private static final class Attempt<T> {
    private final Listing<T> listing;
    private final String command;
    private final Problems problems = new Problems();
    private final long beganNanos = System.nanoTime();
    private T value;
    private String refusal;
    private boolean tooManyRecords;
    private Integer exitCode;
    private long outputBytes;
    private String complaint = "";

    Attempt(Listing<T> listing) {
      this.listing = listing;
      this.command = listing.argv().stream().map(Printable::escape).collect(joining(" "));
    }

    CommandOutcome<T> follow(RunningCommand running) {
      try {
        parse(running);
        exitCode = running.finish();
      } catch (IOException broken) {
        refusal = refusal == null ? Printable.escape(broken.getMessage()) : refusal;
      }
      outputBytes = running.outputBytes();
      complaint = running.complaint();
      return switch (running.stop()) {
        case DEADLINE -> failed(ProbeErrorCode.DRMS_TIMEOUT, timeout());
        case TOO_LARGE ->
            failed(ProbeErrorCode.DRMS_UNPARSABLE, command + " printed too much: " + tooMuch());
        case CANCELLED -> failed(ProbeErrorCode.DRMS_COMMAND_FAILED, "the probe is stopping");
        case NONE -> judge();
      };
    }

    private void parse(RunningCommand running) throws IOException {
      try {
        value = listing.parser().parse(running.output(), problems);
      } catch (UnparsableException unparsable) {
        refusal = Printable.escape(unparsable.getMessage());
      } catch (TooManyRecordsException tooMany) {
        refusal = tooMany.getMessage();
        tooManyRecords = true;
        running.stopTooLarge();
      } catch (RuntimeException defect) {
        // A parser's own fault costs its listing, not the probe.
        refusal = "defect in the parser: " + Printable.escape(defect.toString());
      }
    }

    /**
     * The exit code comes first: what a failed command printed is no reason to doubt the parser.
     */
    private CommandOutcome<T> judge() {
      if (exitCode == null) {
        return failed(ProbeErrorCode.DRMS_COMMAND_FAILED, command + ": " + refusal);
      }
      boolean silent = outputBytes == 0;
      if (exitCode != 0 && !listing.goodExitCodes().contains(exitCode)) {
        if (listing.gaveUpWords().stream().anyMatch(complaint::contains)) {
          return failed(ProbeErrorCode.DRMS_TIMEOUT, command + " gave up waiting" + quoted());
        }
        // env, shells and setsid say 126 and 127 when they cannot execute what they should
        boolean missing = silent && (exitCode == 126 || exitCode == 127);
        return failed(
            missing ? ProbeErrorCode.DRMS_COMMAND_MISSING : ProbeErrorCode.DRMS_COMMAND_FAILED,
            command + " exited with " + exitCode + quoted());
      }
      if (silent && !complaint.isBlank()) {
        // An empty listing is a claim: no jobs at all. With a complaint beside it nobody makes it.
        return failed(
            ProbeErrorCode.DRMS_COMMAND_FAILED, command + " printed only a complaint" + quoted());
      }
      if (refusal != null) {
        return failed(ProbeErrorCode.DRMS_UNPARSABLE, command + ": " + refusal);
      }
      return outcome(value, null);
    }

    private String tooMuch() {
      return tooManyRecords ? refusal : "stopped after " + outputBytes + " bytes";
    }

    private String timeout() {
      long seconds = Math.max(1, took().toSeconds());
      return command + " did not end within " + seconds + " s and was killed" + quoted();
    }

    private String quoted() {
      return complaint.isBlank() ? "" : ": " + BoundedText.quote(complaint);
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    CommandOutcome<T> failed(ProbeErrorCode code, String message) {
      return outcome(null, ProbeError.of(code, message));
    }

    private CommandOutcome<T> outcome(T given, ProbeError error) {
      return new CommandOutcome<>(
          listing.collector(),
          command,
          given,
          error,
          took(),
          outputBytes,
          exitCode,
          problems.count(),
          problems.notes(),
          complaint);
    }
  }
}
