package org.qstatmesh.tunnel;

import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.userauth.UserAuth;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.SshConfig;

/** Turns what sshj throws into one of our codes and a sentence that a user can act on. */
final class SshFailureWords {
  private static final Pattern NO_COMMON =
      Pattern.compile(
          "Unable to reach a settlement of (\\w+): \\[(.*?)\\] and \\[(.*)\\]", Pattern.DOTALL);

  private SshFailureWords() {}

  /** Greeting, negotiation and key exchange. */
  static SshFailure ofGreeting(SshConfig hop, Exception e) {
    String server = hop.host() + " port " + hop.port();
    String message = rootMessage(e);
    Matcher noCommon = NO_COMMON.matcher(message);
    String detail;
    if (noCommon.find()) {
      detail =
          "no common %s with the ssh server at %s; it offers %s"
              .formatted(kind(noCommon.group(1)), server, noCommon.group(3));
    } else if (isTimeout(e)) {
      detail =
          "%s took the connection, but did not finish the ssh greeting within %d s"
              .formatted(server, SshSession.ANSWER_TIMEOUT.toSeconds());
    } else {
      detail = "the ssh greeting of " + server + " failed: " + message;
    }
    return new SshFailure(FailureCode.SSH_UNREACHABLE, detail, e);
  }

  private static String kind(String sshj) {
    if (sshj.startsWith("KeyExchange")) {
      return "key exchange";
    }
    if (sshj.startsWith("HostKey")) {
      return "host key algorithm";
    }
    return sshj.contains("MAC") ? "MAC" : sshj.contains("Cipher") ? "cipher" : "compression";
  }

  /** Login, after the host was found to be the right one. */
  static SshFailure ofLogin(SshConfig hop, UserAuth auth, Exception e) {
    String login = hop.user() + "@" + hop.host();
    Collection<String> methods = auth.getAllowedMethods();
    if (auth.hadPartialSuccess()) {
      return refused(
          "the server accepts the key of "
              + login
              + " but asks for more: "
              + String.join(", ", methods),
          e);
    }
    if (isTimeout(e)) {
      return new SshFailure(
          FailureCode.SSH_UNREACHABLE,
          "no answer to the login as %s within %d s"
              .formatted(login, SshSession.ANSWER_TIMEOUT.toSeconds()),
          e);
    }
    if (!methods.isEmpty() && !methods.contains("publickey")) {
      return refused(
          "the server takes no key for " + login + ", only " + String.join(", ", methods), e);
    }
    DisconnectReason reason = disconnectReason(e);
    if (methods.isEmpty() && reason != DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new SshFailure(
          FailureCode.SSH_UNREACHABLE,
          "the connection ended during the login as " + login + ": " + rootMessage(e),
          e);
    }
    return refused(
        "the server refuses the key %s of %s; it offers %s"
            .formatted(hop.identityFile(), login, String.join(", ", methods)),
        e);
  }

  private static SshFailure refused(String detail, Exception e) {
    return new SshFailure(FailureCode.SSH_AUTH_REFUSED, detail, e);
  }

  /** Opening a channel to the probe, or starting it. */
  static SshFailure ofChannel(SshConfig target, ProbeAccess probe, SSHClient client, Exception e) {
    return probe instanceof ProbeAddress address
        ? ofPort(target, address.hostAndPort(), client, e)
        : ofCommand(target, client, e);
  }

  private static SshFailure ofPort(SshConfig target, String port, SSHClient client, Exception e) {
    if (e instanceof OpenFailException refusal) {
      String detail =
          refusal.getReason() == OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED
              ? "%s does not let this key forward to %s (administratively prohibited: %s); its authorized_keys line needs port-forwarding,permitopen=\"%s\", and sshd AllowTcpForwarding"
                  .formatted(target.host(), port, refusal.getMessage(), port)
              : "%s cannot connect to %s: %s".formatted(target.host(), port, refusal.getMessage());
      return new SshFailure(FailureCode.PROBE_UNREACHABLE, detail, e);
    }
    if (isTimeout(e) && client.isConnected()) {
      return new SshFailure(
          FailureCode.PROBE_UNREACHABLE,
          "%s got no answer from %s within %d s"
              .formatted(target.host(), port, SshSession.ANSWER_TIMEOUT.toSeconds()),
          e);
    }
    return gone(e);
  }

  private static SshFailure ofCommand(SshConfig target, SSHClient client, Exception e) {
    if (!client.isConnected()) {
      return gone(e);
    }
    String why =
        isTimeout(e)
            ? "no answer within " + SshSession.ANSWER_TIMEOUT.toSeconds() + " s"
            : rootMessage(e);
    return new SshFailure(
        FailureCode.PROBE_UNREACHABLE, target.host() + " starts no command for us: " + why, e);
  }

  private static SshFailure gone(Exception e) {
    return new SshFailure(
        FailureCode.SSH_UNREACHABLE, "the ssh connection is gone: " + rootMessage(e), e);
  }

  /** The end of a command that should have gone on. */
  static SshFailure ofEnding(CommandChannel channel) {
    String complaint = channel.lastComplaint();
    return new SshFailure(
        FailureCode.PROBE_UNREACHABLE,
        channel.command().words()
            + " "
            + channel.ending()
            + (complaint.isEmpty() ? "" : "; it last said: " + complaint));
  }

  /** A command that goes on though its input has ended. */
  static SshFailure ofDeafness(ProbeCommand command) {
    return new SshFailure(
        FailureCode.PROBE_PROTOCOL, command.words() + " goes on though its input has ended");
  }

  /** A command that began with text instead of a frame. */
  static SshFailure ofTextBefore(ProbeCommand command, String text) {
    String line = text.strip().lines().findFirst().orElse("");
    String shown =
        line.length() > LastLine.MAX_BYTES ? line.substring(0, LastLine.MAX_BYTES) : line;
    return new SshFailure(
        FailureCode.PROBE_PROTOCOL,
        "not a probe's frame, but text comes first from " + command.words() + ": " + shown);
  }

  /** The end of a connection that stood. */
  static String ofLoss(DisconnectReason reason, String message) {
    if (reason == DisconnectReason.CONNECTION_LOST) {
      return "the login node no longer answers keep-alives";
    }
    if (message == null || message.isEmpty()) {
      return "the ssh connection ended: " + reason;
    }
    return message.contains("encountered EOF")
        ? "the login node closed the ssh connection"
        : "the ssh connection ended: " + message;
  }

  private static boolean isTimeout(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof TimeoutException || t instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static DisconnectReason disconnectReason(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SSHException ssh && ssh.getDisconnectReason() != DisconnectReason.UNKNOWN) {
        return ssh.getDisconnectReason();
      }
    }
    return DisconnectReason.UNKNOWN;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isEmpty() ? root.getClass().getSimpleName() : message;
  }
}
