/**
 * Asks each cluster's probe for a snapshot, turns it into a summary and holds the newest snapshot.
 *
 * <p>Addresses: asks {@code mesh.tunnel.open} and hears {@code mesh.tunnel.state} and {@code
 * mesh.clusters.configured}; publishes {@code mesh.snapshot.taken}, {@code mesh.poll.failed} and
 * {@code mesh.poller.alive}, and {@code mesh.stage.died} should its owner thread end; hears {@code
 * mesh.snapshot.stored}; answers {@code mesh.jobs.query}, {@code mesh.job.query} and {@code
 * mesh.nodes.query} for the clusters it holds.
 *
 * <p>Threads: one owner thread ({@code poller-zmq-owner}) touches the ZeroMQ sockets and is never
 * interrupted; two I/O threads of ZeroMQ for each 25 clusters ({@code poller-zmq-<n>-…}); replies
 * are parsed and summed up on two workers ({@code poller-parse}), questions answered on two others
 * ({@code poller-question}); everything else happens on the verticle's event loop.
 *
 * <p>A poll goes {@code ClusterPoller} (when, and what comes of it) → {@code ProbeLink} (one
 * request at a time, ids, deadlines) → {@code ProbeRoute} (where to) → {@code Links} → {@code
 * ProbeSockets} (the owner thread) → a DEALER; the reply comes back the same way and through {@code
 * Picture} (the last good part of each collector) and {@code Summaries} (pure functions) becomes a
 * row.
 *
 * <p>Besides the stage, {@link org.qstatmesh.poller.ProbeCall} serves the command that checks a
 * cluster: ZeroMQ is on no other module's class path.
 */
package org.qstatmesh.poller;
