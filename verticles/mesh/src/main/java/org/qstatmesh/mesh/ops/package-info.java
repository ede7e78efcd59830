/**
 * The operators' port: health, metrics, state and restart of stages, and the client of it that the
 * command line uses.
 *
 * <p>Purpose: what the person who runs the mesh asks of a running node. Everything but health needs
 * the token that lies in the data directory, mode 0600. Addresses: reads along on any; asks {@code
 * mesh.store.forget} and {@code mesh.figures.query}. Threads: the event loop of its server;
 * messages become text on a worker.
 */
package org.qstatmesh.mesh.ops;
