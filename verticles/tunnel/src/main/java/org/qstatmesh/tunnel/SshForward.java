package org.qstatmesh.tunnel;

import java.io.IOException;
import org.qstatmesh.bus.ProbeAddress;

/**
 * A loopback port that leads to a probe through an ssh session of its own, for one command's use.
 * {@link #close} ends both within 5 s.
 */
public final class SshForward implements AutoCloseable {
  private final SshSession session;
  private final Forwarder forwarder;
  private final LoopbackListener listener;

  /** Over a session that is logged in; takes it over. */
  SshForward(SshSession session, ProbeAddress probe) throws IOException {
    this.session = session;
    this.forwarder = new Forwarder("check", session, probe, Forwarder.Watcher.NONE);
    this.listener = new LoopbackListener("check", forwarder::accept, cause -> session.abort());
  }

  /** Where to connect; {@code tcp://127.0.0.1:port}. */
  public ProbeAddress endpoint() {
    return new ProbeAddress("127.0.0.1", listener.port());
  }

  @Override
  public void close() {
    listener.close();
    forwarder.close();
    SshDiagnosis.closeInTime(session);
  }
}
