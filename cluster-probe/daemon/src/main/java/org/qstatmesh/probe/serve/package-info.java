/**
 * Answers protocol {@code qstat-mesh/1}, on a ZeroMQ ROUTER socket or over one pair of byte
 * streams.
 *
 * <p>Purpose: requests in, newest snapshot out, whatever a peer sends. What is answered ({@link
 * org.qstatmesh.probe.serve.RequestAnswerer}) knows nothing of how it travels. The socket can ask
 * for CURVE keys. No bus addresses.
 *
 * <p>Threads: {@code probe-socket} owns the socket, {@code frame-answers} the stream that replies
 * are written to, and neither waits for a command; {@code frame-reader} only reads; {@code
 * job-query} runs the commands of single jobs.
 */
package org.qstatmesh.probe.serve;
