/**
 * Keeps every summary and answers questions about the past.
 *
 * <p>Addresses: hears {@code mesh.snapshot.taken}; publishes {@code mesh.snapshot.stored} once the
 * summary is on disk, also when it was already (one that was filled in is marked as such, and gives
 * way to the same seen live); answers {@code mesh.latest.query}, {@code mesh.history.query}, {@code
 * mesh.at.query}, {@code mesh.waits.query} and {@code mesh.events.query}, and forgets a person by
 * {@code mesh.store.forget}. What changed with a summary is stored with it, see {@link
 * org.qstatmesh.store.events}. Says how it stands by {@code mesh.store.state}, at every change and
 * every five seconds; a database that turns out to be damaged is said by {@code mesh.stage.died}.
 *
 * <p>Threads: one connection writes, on a worker of its own, {@code store-writer-…}; questions go
 * through the Vert.x JDBC client, which steps through rows on Vert.x's internal workers; a large
 * file is looked at for damage on {@code store-check-…}, once after the start. All else runs on the
 * verticle's context.
 *
 * <p>Rules. Acknowledged means synced: write-ahead log, synchronous=FULL, one commit a second at
 * most. A failure closes the writing connection with its statements, and the next attempt opens
 * another. What waits for the disk is bounded by number and by weight, the oldest is dropped: its
 * poller has it and publishes it again. Hours that are over are put together on the writer's
 * thread, between batches, and what is old is deleted: see {@link org.qstatmesh.store.keep}. A
 * question reads for two seconds at most, so that no reader keeps the log from being emptied. It
 * reads chunks of the longest stored steps that suffice, and rows ({@link org.qstatmesh.store.row},
 * from end to end: there is an hour or two of them) for what is not in chunks yet: rows first,
 * because compaction only ever moves from these to those.
 *
 * <p>Meters, all {@code qstatmesh.store.*}: counters {@code stored}, {@code duplicates}, {@code
 * dropped}, {@code refused}, {@code late} (refused because their time is not kept any more), {@code
 * failures} (tag reason, see {@link org.qstatmesh.store.WriteFault}); gauges {@code pending},
 * {@code writing}, {@code wal.bytes}, {@code events.days.early}; timers {@code commit}, {@code
 * keep} and {@code queries} (tags query and outcome).
 *
 * <p>Schema: the numbered scripts under {@code migrations/}, see {@link
 * org.qstatmesh.store.Migrations}. Nobody outside this package reads the database.
 */
package org.qstatmesh.store;
