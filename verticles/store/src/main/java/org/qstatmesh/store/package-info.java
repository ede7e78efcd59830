/**
 * Keeps every summary and answers questions about the past.
 *
 * <p>Addresses: hears {@code mesh.snapshot.taken} and {@code mesh.poll.failed}; publishes {@code
 * mesh.snapshot.stored} after the commit; answers {@code mesh.latest.query} and {@code
 * mesh.history.query}.
 *
 * <p>Threads: one writing connection on a worker pool of one thread; queries go through the Vert.x
 * JDBC client's own workers.
 */
package org.qstatmesh.store;
