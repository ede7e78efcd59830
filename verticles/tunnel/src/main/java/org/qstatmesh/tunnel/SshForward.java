package org.qstatmesh.tunnel;

import java.io.IOException;
import java.util.Optional;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.ProbeAddress;

/**
 * A loopback port that leads to a probe through an ssh session of its own, for one command's use.
 * {@link #close} ends both within 5 s.
 */
public final class SshForward implements AutoCloseable {
  private final SshSession session;
  private final Forwarder forwarder;
  private final LoopbackListener listener;

  private final ClusterConfig cluster;
  private volatile SshFailure refusal;

  /** Over a session that is logged in; takes it over. */
  SshForward(SshSession session, ClusterConfig cluster) throws IOException {
    this.session = session;
    this.cluster = cluster;
    this.forwarder = new Forwarder("check", session, cluster.probe(), new Memory());
    this.listener = new LoopbackListener("check", forwarder::accept, cause -> session.abort());
  }

  /** Where to connect; {@code tcp://127.0.0.1:port}. */
  public ProbeAddress endpoint() {
    return new ProbeAddress("127.0.0.1", listener.port());
  }

  /**
   * Why the far end refused a connection, or ended one; known before the connection is seen closed.
   */
  public Optional<Failure> refusal() {
    return Optional.ofNullable(refusal)
        .map(failure -> failure.since(System.currentTimeMillis(), cluster));
  }

  @Override
  public void close() {
    listener.close();
    forwarder.close();
    SshDiagnosis.closeInTime(session);
  }

  private final class Memory implements Forwarder.Watcher {
    @Override
    public void refused(SshFailure failure) {
      refusal = failure;
    }
  }
}
