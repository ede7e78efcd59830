/**
 * The probe: runs the scheduler's own commands on a login node and answers with one JSON snapshot.
 *
 * <p>Addresses: none on the bus; it serves the protocol {@code qstat-mesh/1} on a ZeroMQ ROUTER
 * socket, by default {@code tcp://127.0.0.1:7621}, or as length-prefixed frames on its standard
 * input and output.
 *
 * <p>Threads: {@code probe-socket} owns the socket, or {@code frame-reader} and {@code
 * frame-answers} the streams; {@code collector} runs the collections, {@code job-query} asks for
 * single jobs; each command is read by the thread that started it. No Vert.x and no Netty: it must
 * stay small on a machine that belongs to others.
 *
 * <p>In another JVM's process: {@link org.qstatmesh.probe.ProbeServer}.
 */
package org.qstatmesh.probe;
