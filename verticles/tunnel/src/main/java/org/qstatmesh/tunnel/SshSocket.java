package org.qstatmesh.tunnel;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.StringJoiner;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.qstatmesh.bus.FailureCode;

/**
 * The TCP connection below an ssh session. It remembers when the last byte came in: sshj's
 * keep-alive waits for the lock of a writer and can hang with it, this clock cannot. sshj reads
 * packet by packet; the buffer saves it a system call or two for each.
 */
final class SshSocket extends Socket {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int BUFFER_BYTES = 64 << 10;

  /** More addresses than this are not tried: the attempt as a whole has a deadline. */
  private static final int MAX_ADDRESSES = 3;

  private final boolean quickAck = supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
  private volatile long lastReadNanos = System.nanoTime();

  /** Time since the peer was last heard. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastReadNanos);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new BufferedInputStream(new Stamping(super.getInputStream()), BUFFER_BYTES);
  }

  /** Connects to the first of the host's addresses that answers; blocks. */
  static SshSocket dial(String host, int port) throws SshFailure {
    StringJoiner reasons = new StringJoiner("; ");
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new SshFailure(FailureCode.SSH_UNREACHABLE, "no address is known for " + host, e);
    }
    for (int i = 0; i < Math.min(addresses.length, MAX_ADDRESSES); i++) {
      SshSocket socket = new SshSocket();
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        InetSocketAddress address = new InetSocketAddress(addresses[i], port);
        socket.connect(address, (int) CONNECT_TIMEOUT.toMillis());
        return socket;
      } catch (IOException e) {
        reasons.add(inWords(addresses[i].getHostAddress() + " port " + port, e));
        closeQuietly(socket);
      }
    }
    throw new SshFailure(FailureCode.SSH_UNREACHABLE, reasons.toString());
  }

  private static String inWords(String where, IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "no answer from " + where + " within " + CONNECT_TIMEOUT.toSeconds() + " s";
    }
    if (e instanceof NoRouteToHostException) {
      return "no route to " + where;
    }
    if (e instanceof ConnectException) {
      return "connection refused by " + where;
    }
    return where + ": " + e.getMessage();
  }

  /** Closes without a word: a socket that cannot be closed is closed already. */
  static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // nothing is lost with it
    }
  }

  /** What sshj wants for a socket that is connected already. */
  SocketFactory asFactory() {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return SshSocket.this;
      }

      @Override
      public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /**
   * sshd leaves Nagle's algorithm on for a connection without a shell, so the end of a long reply
   * waits for our acknowledgement, which Linux holds back for 40 ms unless told otherwise; the
   * kernel forgets the option after a while, hence at each read.
   */
  private void acknowledgeAtOnce() throws IOException {
    if (quickAck) {
      setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private final class Stamping extends FilterInputStream {
    Stamping(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      lastReadNanos = System.nanoTime();
      acknowledgeAtOnce();
      return count;
    }

    /** 0, so that the buffer never asks the kernel for a second helping. */
    @Override
    public int available() {
      return 0;
    }
  }
}
