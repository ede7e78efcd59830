package org.qstatmesh.tunnel;

import java.io.IOException;
import java.util.Optional;
import org.qstatmesh.bus.ProbeCommand;

/**
 * A command that was started, told that nothing comes, and watched until its end: a probe then says
 * nothing and ends with 0.
 */
final class CommandTrial {
  private final CommandChannel channel;
  private final LastLine output = new LastLine();
  private boolean stillRuns;

  private CommandTrial(CommandChannel channel) {
    this.channel = channel;
  }

  /** Blocks until it has ended, or {@link SshSession#ANSWER_TIMEOUT} is over. */
  static CommandTrial of(SshSession session, ProbeCommand command) throws SshFailure {
    CommandTrial trial = new CommandTrial((CommandChannel) session.open(command));
    trial.watch();
    return trial;
  }

  private void watch() {
    Thread complaints = new Thread(channel::listenToComplaints, "tunnel-err-check");
    Thread said = new Thread(() -> output.readFrom(channel.getInputStream()), "tunnel-down-check");
    complaints.setDaemon(true);
    said.setDaemon(true);
    complaints.start();
    said.start();
    try {
      channel.getOutputStream().close();
    } catch (IOException e) {
      // It ended before it could be told.
    }
    channel.awaitExit(SshSession.ANSWER_TIMEOUT);
    stillRuns = channel.isOpen();
    channel.closeQuietly();
    Pump.awaitEnd(complaints, SshWorkers.CLOSE_DEADLINE);
    Pump.awaitEnd(said, SshWorkers.CLOSE_DEADLINE);
  }

  boolean endedWith(int exitCode) {
    return Integer.valueOf(exitCode).equals(channel.getExitStatus());
  }

  /** Why it is no probe; empty if it may well be one. */
  Optional<SshFailure> failure() {
    if (!output.text().isEmpty()) {
      return Optional.of(SshFailureWords.ofTextBefore(channel.command(), output.text()));
    }
    if (stillRuns) {
      return Optional.of(SshFailureWords.ofDeafness(channel.command()));
    }
    return endedWith(0) ? Optional.empty() : Optional.of(SshFailureWords.ofEnding(channel));
  }

  void insist() throws SshFailure {
    Optional<SshFailure> failure = failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
