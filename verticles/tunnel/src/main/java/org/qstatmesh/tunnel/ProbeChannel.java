package org.qstatmesh.tunnel;

import java.io.InputStream;
import java.io.OutputStream;

/** Bytes to a probe and back, over an ssh session. */
interface ProbeChannel {
  /** What the probe says; ends when it has no more to say. */
  InputStream getInputStream();

  /** Closing it tells the probe that nothing more comes. */
  OutputStream getOutputStream();

  /** Whether neither end has closed it. */
  boolean isOpen();

  /** Waits for the peer's close as well, so that no later message finds the channel unknown. */
  void closeQuietly();
}
