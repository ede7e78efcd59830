package org.qstatmesh.broadcast.browser;

import java.time.Duration;

/**
 * Every bound towards browsers.
 *
 * @param sockets most websockets at a time; the next is answered 503
 * @param pingTimeout a websocket that sends no ping for so long is closed
 * @param stallTimeout a websocket that has taken nothing of what waits for it for so long is closed
 * @param idleTimeout a connection that sent nothing, or took nothing, for so long is cut, in the
 *     middle of whatever it is doing; whole seconds. It is also what ends a socket whose closing
 *     handshake waits behind bytes that nobody reads.
 * @param unsentBytes bytes handed to the connection and not yet taken by the kernel, per websocket;
 *     one frame may exceed it alone
 * @param noticesWaiting short answers (pongs, refusals) that wait, per websocket; more and it is
 *     closed
 * @param framesPerSecond frames taken from a websocket on average
 * @param frameBurst frames taken at once; more and it is closed
 * @param queriesAtWork questions at work or whose answer waits, per websocket
 * @param queriesWaiting questions that wait, per websocket; the next is answered 503
 * @param queriesAtWorkInAll questions at work, of all websockets
 * @param answerBytes longest answer; a longer one becomes 413
 * @param answerBytesInAll answers that wait for slow readers, of all websockets; the next becomes
 *     503
 */
public record BrowserLimits(
    int sockets,
    Duration pingTimeout,
    Duration stallTimeout,
    Duration idleTimeout,
    int unsentBytes,
    int noticesWaiting,
    int framesPerSecond,
    int frameBurst,
    int queriesAtWork,
    int queriesWaiting,
    int queriesAtWorkInAll,
    int answerBytes,
    long answerBytesInAll) {

  /** What is in force when nobody says otherwise. */
  public static final BrowserLimits DEFAULT =
      new BrowserLimits(
          10_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          64 * 1_024,
          128,
          100,
          1_000,
          4,
          64,
          32,
          4 * 1_024 * 1_024,
          64L * 1_024 * 1_024);
}
