package org.qstatmesh.poller;

import java.util.concurrent.CompletionStage;

/**
 * Connections of one kind to probes, and the one thread that touches them. Links are named by
 * numbers, never used twice. Every method may be called from any thread and returns at once.
 */
interface ProbeTransport {
  /** Hears what comes of the commands, on the owner thread. */
  interface Listener {
    /** The JSON of a reply. */
    void replied(long link, byte[] json);

    /** The peer does not keep to the protocol's frames or sizes; the link is closed. */
    void refused(long link, String why);

    /** The transport itself failed under this link, which is closed; a new one may work. */
    void lost(long link, String why);

    /** So many messages came that nobody had asked for. */
    void stray(long link, int messages);

    /** The owner thread ended by itself; nothing will be heard any more. */
    void ended(String why);
  }

  /** Sends a request as soon as the peer is there. */
  void send(long link, byte[] json);

  /** The last reply was none to the request: waits for the next. */
  void listenAgain(long link);

  /** Closes a link; whatever comes of it later is not reported. */
  void close(long link);

  /** Closes everything; the stage completes on the owner thread, exceptionally never. */
  CompletionStage<Void> stop();

  /** Time since the owner thread last went round; it does so every few seconds at least. */
  long nanosSinceLastTurn();

  /** Commands that wait. */
  int commandsWaiting();
}
