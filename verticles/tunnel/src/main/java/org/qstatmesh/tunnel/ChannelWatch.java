package org.qstatmesh.tunnel;

import io.micrometer.core.instrument.Counter;
import org.qstatmesh.bus.FailureCode;

/**
 * Counts what the channels of one session do, on their threads, and brings what they say of the far
 * end to the context.
 */
final class ChannelWatch implements Forwarder.Watcher {
  /** What is said of the far end, on the context. */
  interface FarEnd {
    /** There is a probe. */
    void works();

    /** Another channel is refused now; the session may grant one later. */
    void refuses(SshFailure failure);

    /** The command is no probe, or has ended. */
    void commandEnded(SshFailure failure);
  }

  private final TunnelContext shared;
  private final Counter received;
  private final Counter sent;
  private final boolean command;
  private final FarEnd farEnd;

  /**
   * @param command whether a command is the probe
   */
  ChannelWatch(
      TunnelContext shared, Counter received, Counter sent, boolean command, FarEnd farEnd) {
    this.shared = shared;
    this.received = received;
    this.sent = sent;
    this.command = command;
    this.farEnd = farEnd;
  }

  @Override
  public void opened() {
    shared.meters().channelOpened();
  }

  @Override
  public void works() {
    shared.context().runOnContext(nothing -> farEnd.works());
  }

  @Override
  public void refused(SshFailure failure) {
    shared.meters().channelRefused(failure.code().name());
    if (failure.code() == FailureCode.SSH_UNREACHABLE) {
      // The session says so itself.
      return;
    }
    shared
        .context()
        .runOnContext(
            nothing -> {
              if (command) {
                farEnd.commandEnded(failure);
              } else {
                farEnd.refuses(failure);
              }
            });
  }

  @Override
  public void closed() {
    shared.meters().channelClosed();
  }

  @Override
  public void tooMany() {
    shared.meters().channelRefused("TOO_MANY");
    if (command) {
      SshFailure stuck =
          new SshFailure(
              FailureCode.PROBE_TIMEOUT,
              Forwarder.MAX_COMMANDS
                  + " commands that were started neither answer nor end; no other is started until"
                  + " they are killed there");
      shared.context().runOnContext(nothing -> farEnd.refuses(stuck));
    }
  }

  @Override
  public void received(int bytes) {
    received.increment(bytes);
  }

  @Override
  public void sent(int bytes) {
    sent.increment(bytes);
  }
}
