package org.qstatmesh.probe.serve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;

/** The other end of a {@code serve --stdio}: frames of four bytes' length, by hand. */
public final class FrameClient {
  private final DataOutputStream requests;
  private final DataInputStream replies;

  /** Speaks to a peer that reads the first stream and writes the second. */
  public FrameClient(OutputStream requests, InputStream replies) {
    this.requests = new DataOutputStream(requests);
    this.replies = new DataInputStream(replies);
  }

  public ProbeReply ask(ProbeRequest request) throws IOException, WireException {
    send(request);
    return receive();
  }

  public void send(ProbeRequest request) throws IOException {
    send(WireCodec.encodeRequest(request));
  }

  void send(String body) throws IOException {
    send(body.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] body) throws IOException {
    requests.writeInt(body.length);
    requests.write(body);
    requests.flush();
  }

  /** A frame's length without its body. */
  public void declare(int length) throws IOException {
    requests.writeInt(length);
    requests.flush();
  }

  public ProbeReply receive() throws IOException, WireException {
    byte[] body = new byte[replies.readInt()];
    replies.readFully(body);
    return WireCodec.decodeReply(body, WireLimits.REPLY);
  }

  /** Nothing more will be asked. */
  public void leave() throws IOException {
    requests.close();
  }

  /** Whether the peer has closed its end. */
  public boolean atEnd() throws IOException {
    return replies.read() < 0;
  }
}
