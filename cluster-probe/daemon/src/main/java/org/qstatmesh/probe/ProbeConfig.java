package org.qstatmesh.probe;

import java.nio.file.Path;
import java.time.Duration;
import org.qstatmesh.probe.collect.BackfillOptions;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.policy.ProbePolicy;
import org.qstatmesh.probe.serve.CurveKeys;

/**
 * How a probe runs.
 *
 * @param bind ZeroMQ endpoint, for example {@code tcp://127.0.0.1:7621}; port {@code *} for any
 * @param drms which scheduler to expect
 * @param commandPath the only folder in which commands are looked for; null for the usual ones
 * @param minimumInterval shortest time between two starts of one command; zero for none
 * @param commandDeadline when a command is killed
 * @param hideJobNames whether job names stay on this machine
 * @param curve keys of the probe and of the clients to let in; null to let in whoever can connect
 * @param policy what this machine's administrator allows
 * @param backfill what is kept for a server that was away
 */
public record ProbeConfig(
    String bind,
    DrmsChoice drms,
    Path commandPath,
    Duration minimumInterval,
    Duration commandDeadline,
    boolean hideJobNames,
    CurveKeys curve,
    ProbePolicy policy,
    BackfillOptions backfill) {

  /** Keeps what is usual for a server that was away. */
  public ProbeConfig(
      String bind,
      DrmsChoice drms,
      Path commandPath,
      Duration minimumInterval,
      Duration commandDeadline,
      boolean hideJobNames,
      CurveKeys curve,
      ProbePolicy policy) {
    this(
        bind,
        drms,
        commandPath,
        minimumInterval,
        commandDeadline,
        hideJobNames,
        curve,
        policy,
        BackfillOptions.DEFAULT);
  }

  /** Lets in whoever can connect and allows everything. */
  public ProbeConfig(
      String bind,
      DrmsChoice drms,
      Path commandPath,
      Duration minimumInterval,
      Duration commandDeadline,
      boolean hideJobNames) {
    this(
        bind,
        drms,
        commandPath,
        minimumInterval,
        commandDeadline,
        hideJobNames,
        null,
        ProbePolicy.none());
  }

  /** Loopback: whoever may log in here may ask here, and nobody else. */
  public static final String DEFAULT_BIND = "tcp://127.0.0.1:7621";

  /** The default minimum interval. */
  public static final Duration DEFAULT_MINIMUM_INTERVAL = Duration.ofSeconds(30);

  /** What {@code qstat-probe serve} without options runs with. */
  public static ProbeConfig defaults() {
    return new ProbeConfig(
        DEFAULT_BIND,
        DrmsChoice.AUTO,
        null,
        DEFAULT_MINIMUM_INTERVAL,
        CommandLimits.DEFAULT.deadline(),
        false);
  }
}
