/**
 * The probe: runs the scheduler's own commands on a login node and answers with one JSON snapshot.
 *
 * <p>Addresses: none on the bus; it serves the protocol {@code qstat-mesh/1} on a ZeroMQ ROUTER
 * socket, by default {@code tcp://127.0.0.1:7621}.
 *
 * <p>Threads: one owns the socket, one runs the collections, and each command under way has its
 * output drained within bounds. No Vert.x and no Netty: it must stay small on a machine that
 * belongs to others.
 */
package org.qstatmesh.probe;
