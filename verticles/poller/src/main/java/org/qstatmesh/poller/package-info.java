/**
 * Asks each cluster's probe for a snapshot, turns it into a summary and holds the newest snapshot.
 *
 * <p>Addresses: asks {@code mesh.tunnel.open} and hears {@code mesh.tunnel.state}; publishes {@code
 * mesh.snapshot.taken}, {@code mesh.poll.failed} and {@code mesh.poller.alive}; hears {@code
 * mesh.snapshot.stored}; answers {@code mesh.jobs.query}, {@code mesh.job.query} and {@code
 * mesh.nodes.query} for the clusters it holds.
 *
 * <p>Threads: one owner thread touches the ZeroMQ sockets and is never interrupted; replies are
 * parsed on a small worker pool; everything else happens on the verticle's event loop.
 */
package org.qstatmesh.poller;
