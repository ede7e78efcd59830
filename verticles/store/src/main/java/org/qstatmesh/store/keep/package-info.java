/**
 * What is done with what was written: hours that are over are put together, what is old enough
 * goes, persons are forgotten.
 *
 * <p>Threads: everything here runs on the writer's thread and its connection, in transactions of
 * its own between the batches, each short enough that a batch waits for 100 ms at most; {@link
 * org.qstatmesh.store.keep.Alarms} may be read by any. After an exception the connection is closed,
 * which undoes the transaction under way, and all of this begins anew on the next one.
 *
 * <p>An hour of a cluster is put together ({@link org.qstatmesh.store.keep.Compactor}) when its end
 * is two minutes past: its rows, and the samples that its chunks have already, become the hour's
 * chunks; from these come the points of every longer step that is kept; the rows are deleted. All
 * in one transaction, so that it can be killed at any moment, and be done again. A sample that
 * comes later than that waits in a row, and its hour is put together again; what it says is then in
 * the longer steps too. A sample that is there already is told by its hour's heads ({@link
 * org.qstatmesh.store.keep.StoredSamples}). A sample older than raw samples are kept is refused:
 * the longer steps could not be made again with it.
 *
 * <p>Rows that wait ({@link org.qstatmesh.store.keep.LiveRows}) have no index: of which hours they
 * are is known here. What an earlier release wrote ({@link org.qstatmesh.store.keep.OldRows}) of
 * hours that are not over becomes such rows at once, the rest is put together from the oldest hour
 * on; until then no question sees it.
 *
 * <p>Retention ({@link org.qstatmesh.store.keep.RetentionWork}) looks once an hour. Raw samples
 * stay a day longer than configured, so that none is refused because its hour went a moment before.
 * Nothing is vacuumed: SQLite uses freed pages again, so that the file stops growing when as much
 * goes as comes. A file that is much too large after a change of the retention is made small by
 * {@code qstat-mesh backup}.
 */
package org.qstatmesh.store.keep;
