/**
 * Answers protocol {@code qstat-mesh/1} on a ZeroMQ ROUTER socket.
 *
 * <p>Purpose: requests in, newest snapshot out, whatever a peer sends. No bus addresses. Two
 * threads: {@code probe-socket} owns the socket and never waits for a command; {@code job-query}
 * runs the commands of single jobs.
 */
package org.qstatmesh.probe.serve;
