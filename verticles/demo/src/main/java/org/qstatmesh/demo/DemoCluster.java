package org.qstatmesh.demo;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.demo.listing.CommandDirectory;
import org.qstatmesh.demo.listing.Listings;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.probe.ProbeConfig;
import org.qstatmesh.probe.ProbeServer;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One simulated cluster at work: its commands and the probe that runs them. One thread. */
final class DemoCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoCluster.class);
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(2);

  /** Long enough for a busy laptop, short enough to see a hung scheduler named. */
  private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(6);

  private final DemoPlan plan;
  private final BatchSystem batch;
  private final CommandDirectory commands;
  private final Instant startedAt;
  private final ProbeAddress probeAddress;
  private ProbeServer probe;
  private boolean restartFailed;

  /**
   * Lists the cluster for the first time and lets its probe serve on a free port.
   *
   * @param batch played up to {@code startedAt}; this object's alone from now on
   */
  DemoCluster(DemoPlan plan, BatchSystem batch, Path home, Instant startedAt)
      throws IOException, InterruptedException {
    this.plan = plan;
    this.batch = batch;
    this.startedAt = startedAt;
    commands = CommandDirectory.create(home, plan.cluster());
    commands.write(Listings.of(batch));
    probe = startProbe("tcp://127.0.0.1:*");
    probeAddress = ProbeAddress.parse(probe.endpoint());
  }

  private ProbeServer startProbe(String bind) throws IOException, InterruptedException {
    return ProbeServer.start(
        new ProbeConfig(
            bind, DrmsChoice.AUTO, commands.commands(), PROBE_INTERVAL, COMMAND_DEADLINE, false));
  }

  DemoPlan plan() {
    return plan;
  }

  /** Where its probe serves, while it does. */
  ProbeAddress probeAddress() {
    return probeAddress;
  }

  /** Plays up to now, and fails or heals if it is time. */
  void advanceTo(Instant now) throws IOException, InterruptedException {
    batch.advanceTo(now.getEpochSecond());
    commands.write(Listings.of(batch));
    commands.hang(plan.schedulerOutage().holdsAt(startedAt, now));
    boolean gone = plan.probeOutage().holdsAt(startedAt, now);
    if (gone && probe != null) {
      LOG.info("the probe of {} ends; it comes back", plan.cluster().id());
      stopProbe();
    } else if (!gone && probe == null) {
      restartProbe();
    }
  }

  private void restartProbe() throws IOException, InterruptedException {
    try {
      probe = startProbe(probeAddress.toString());
      restartFailed = false;
      LOG.info("the probe of {} is back", plan.cluster().id());
    } catch (BindException e) {
      // somebody else has the port just now; the next tick tries again
      if (!restartFailed) {
        LOG.warn("the probe of {} cannot come back: {}", plan.cluster().id(), e.getMessage());
      }
      restartFailed = true;
    }
  }

  private void stopProbe() {
    probe.close();
    probe = null;
  }

  @Override
  public void close() {
    if (probe != null) {
      stopProbe();
    }
  }
}
