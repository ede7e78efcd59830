package org.qstatmesh.tunnel;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.transport.TransportException;
import org.qstatmesh.bus.ProbeCommand;

/**
 * A session channel whose command is a probe. sshd says yes to every command; whether there is one
 * shows in what it prints or in how it ends. One that opens too late is closed here, as with {@link
 * PortChannel}: it would count against the server's MaxSessions.
 */
final class CommandChannel extends SessionChannel implements ProbeChannel {
  /** What a shell ends with if there is no such command. */
  private static final int NOT_FOUND = 127;

  /** What a shell ends with if the command may not be run. */
  private static final int NOT_EXECUTABLE = 126;

  private final ProbeCommand command;
  private final LastLine complaints = new LastLine();
  private boolean abandoned;

  CommandChannel(Connection connection, ProbeCommand command) {
    super(connection);
    this.command = command;
  }

  ProbeCommand command() {
    return command;
  }

  /**
   * Opens the channel and starts the command; blocks until the server has answered both.
   *
   * @throws OpenFailException the server refuses the channel
   * @throws IOException the server does not start commands, no answer in time, or the connection is
   *     gone
   */
  void startOrAbandon() throws IOException {
    try {
      open();
    } catch (OpenFailException e) {
      throw e;
    } catch (IOException e) {
      abandon();
      throw e;
    }
    try {
      exec(command.words());
    } catch (IOException e) {
      closeQuietly();
      throw e;
    }
  }

  private synchronized void abandon() throws TransportException {
    abandoned = true;
    if (rwin != null) {
      sendClose();
    }
  }

  @Override
  protected synchronized void init(int recipient, long remoteWindow, long remoteMaxPacket) {
    super.init(recipient, remoteWindow, remoteMaxPacket);
    if (abandoned) {
      try {
        sendClose();
      } catch (TransportException e) {
        // the connection is dead, and the channel with it
        log.debug("closing a late channel", e);
      }
    }
  }

  /**
   * Reads what the command complains of until it ends. Somebody must: both streams share a window,
   * and one that nobody reads stops the other.
   */
  void listenToComplaints() {
    complaints.readFrom(getErrorStream());
  }

  /** The last line that the command complained with; empty for none. */
  String lastComplaint() {
    return complaints.text();
  }

  /** Waits until the server has said how the command ended, or has closed the channel. */
  void awaitExit(Duration within) {
    try {
      join(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ConnectionException e) {
      log.debug("waiting for a command's end", e);
    }
  }

  /** How the command ended, in words that go on "it". */
  String ending() {
    Integer status = getExitStatus();
    if (status == null) {
      return getExitSignal() == null
          ? "ended, and the server does not say how"
          : "was ended by signal " + getExitSignal();
    }
    return switch (status) {
      case NOT_FOUND -> "ended with exit code 127, command not found";
      case NOT_EXECUTABLE -> "ended with exit code 126, command may not be run";
      default -> "ended with exit code " + status;
    };
  }

  @Override
  public void closeQuietly() {
    try {
      close();
    } catch (ConnectionException | TransportException e) {
      log.debug("closing a channel", e);
    }
  }
}
