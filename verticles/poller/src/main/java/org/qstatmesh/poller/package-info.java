/**
 * Asks each cluster's probe for a snapshot, turns it into a summary and holds the newest snapshot.
 *
 * <p>Addresses: asks {@code mesh.tunnel.open} and hears {@code mesh.tunnel.state}, {@code
 * mesh.clusters.configured} and {@code mesh.people.configured}; publishes {@code
 * mesh.snapshot.taken}, {@code mesh.poll.failed} and {@code mesh.poller.alive}, and {@code
 * mesh.stage.died} should its owner thread end; hears {@code mesh.snapshot.stored}; asks {@code
 * mesh.latest.query} from where to fill in; answers {@code mesh.jobs.query}, {@code
 * mesh.job.query}, {@code mesh.nodes.query} and {@code mesh.fit.query} for the clusters it holds.
 *
 * <p>Threads: one owner thread ({@code poller-zmq-owner}) touches the ZeroMQ sockets, another
 * ({@code poller-stream-owner}) the streams to probes that ssh starts; neither is ever interrupted;
 * two I/O threads of ZeroMQ for each 25 clusters ({@code poller-zmq-<n>-…}); replies are parsed and
 * summed up on two workers ({@code poller-parse}), questions answered on two others ({@code
 * poller-question}); everything else happens on the verticle's event loop, also where a job fits
 * ({@link org.qstatmesh.poller.fit}) in a cluster that is not very large.
 *
 * <p>A poll goes {@code ClusterPoller} (when, and what comes of it) → {@code ProbeLink} (one
 * request at a time, ids, deadlines) → {@code ProbeRoute} (where to) → {@code Links} → {@code
 * ProbeSockets} (an owner thread) → a DEALER, in the clear or with {@code CurveKeys}, or {@code
 * ProbeStreams} → frames; the reply comes back the same way and through {@code Picture} (the last
 * good part of each collector) and {@code Summaries} (pure functions) becomes a row; where labs are
 * configured, {@code LabUse} counts theirs from the jobs by {@code LabRules}.
 *
 * <p>After a time without contact {@code Backfilling} asks the probe for what it counted meanwhile,
 * behind the polls, and publishes it marked, so that it is news for the store only.
 *
 * <p>What changed from one sample to the next, jobs and nodes, is worked out behind the summary, on
 * the same worker, and travels with it: {@code ChangeWatch} on the event loop, {@code Changed} and
 * {@link org.qstatmesh.poller.change} off it. After a start, what is newer than the newest stored
 * sample is told too.
 *
 * <p>Besides the stage, {@link org.qstatmesh.poller.ProbeCall} and {@link
 * org.qstatmesh.poller.CurveKeyFile} serve the commands that check a cluster and set one up: ZeroMQ
 * is on no other module's class path.
 */
package org.qstatmesh.poller;
