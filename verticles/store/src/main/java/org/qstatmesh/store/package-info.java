/**
 * Keeps every summary and answers questions about the past.
 *
 * <p>Addresses: hears {@code mesh.snapshot.taken}, and {@code mesh.poll.failed} for when a cluster
 * stopped answering; publishes {@code mesh.snapshot.stored} once the summary is on disk, also when
 * it was already (one that was filled in is marked as such, and gives way to the same seen live);
 * answers {@code mesh.latest.query}, {@code mesh.history.query}, {@code mesh.at.query}, {@code
 * mesh.waits.query} and {@code mesh.events.query}, and forgets a person by {@code
 * mesh.store.forget}. What changed with a summary is stored with it, see {@link
 * org.qstatmesh.store.events}. Says how it stands by {@code mesh.store.state}, at every change and
 * every five seconds; a database that turns out to be damaged is said by {@code mesh.stage.died}.
 * Where a database server has another writer it stands by, answers and says nothing, but {@code
 * mesh.stage.note} to its own node, until the other has gone.
 *
 * <p>Rooms. {@link org.qstatmesh.store.StoreVerticle} ties them together and is the only one that
 * knows the mesh bus; {@link org.qstatmesh.store.StoreTool} does so for commands. Each room knows
 * only those below it:
 *
 * <ul>
 *   <li>{@link org.qstatmesh.store.write} brings summaries to the disk, {@link
 *       org.qstatmesh.store.read} answers from there, {@link org.qstatmesh.store.export} and {@link
 *       org.qstatmesh.store.copy} take it elsewhere
 *   <li>{@link org.qstatmesh.store.keep} puts hours together and deletes what is old; {@link
 *       org.qstatmesh.store.events} does both for what happened to jobs and nodes
 *   <li>{@link org.qstatmesh.store.row}, {@link org.qstatmesh.store.chunk} and {@link
 *       org.qstatmesh.store.word} are the forms in which it is kept, {@link
 *       org.qstatmesh.store.database} is where
 * </ul>
 *
 * <p>Threads: one connection writes, on a worker of its own, {@code store-writer-…}; questions go
 * through the Vert.x JDBC client, which steps through rows on Vert.x's internal workers; a large
 * file is looked at for damage on {@code store-check-…}, once after the start. All else runs on the
 * verticle's context.
 *
 * <p>Rules. Acknowledged means synced: write-ahead log, synchronous=FULL, one commit a second at
 * most. What waits for the disk is bounded by number and by weight, the oldest is dropped: its
 * poller has it and publishes it again. Hours that are over are put together on the writer's
 * thread, between batches. A question reads for two seconds at most, so that no reader keeps the
 * log from being emptied.
 *
 * <p>Meters, all {@code qstatmesh.store.*}: counters {@code stored}, {@code duplicates}, {@code
 * dropped}, {@code refused}, {@code late} (refused because their time is not kept any more), {@code
 * failures} (tag reason, see {@link org.qstatmesh.store.database.DatabaseFault}); gauges {@code
 * pending}, {@code writing}, {@code wal.bytes}, {@code database.bytes}, {@code events.days.early};
 * timers {@code commit}, {@code keep} and {@code queries} (tags query and outcome).
 *
 * <p>Schema: the numbered scripts under {@code database/migrations/}, see {@link
 * org.qstatmesh.store.database.Migrations}. Nobody outside these packages reads the database.
 */
package org.qstatmesh.store;
