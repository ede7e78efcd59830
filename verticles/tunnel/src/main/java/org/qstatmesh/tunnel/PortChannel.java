package org.qstatmesh.tunnel;

import java.io.IOException;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;

/**
 * A direct-tcpip channel through a login node. sshj forgets a channel whose opening it no longer
 * waits for, and the server would keep it: one that opens too late is closed here.
 */
final class PortChannel extends DirectConnection implements ProbeChannel {
  private boolean abandoned;

  PortChannel(Connection connection, String host, int port) {
    super(connection, host, port);
  }

  /**
   * Opens; blocks until the server answers or the connection's time-out is over.
   *
   * @throws OpenFailException the server refuses
   * @throws IOException no answer in time, or the connection is gone
   */
  void openOrAbandon() throws IOException {
    try {
      open();
    } catch (OpenFailException e) {
      throw e;
    } catch (IOException e) {
      abandon();
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

  @Override
  public void closeQuietly() {
    try {
      close();
    } catch (ConnectionException | TransportException e) {
      log.debug("closing a channel", e);
    }
  }
}
