/**
 * Brings summaries to the disk: what waits for it, the one connection that writes, and the turns in
 * which it writes and keeps.
 *
 * <p>{@link org.qstatmesh.store.write.WriteLoop} hands batches to {@link
 * org.qstatmesh.store.write.SampleWriter}, {@link org.qstatmesh.store.write.KeepLoop} lets it do
 * between them what {@link org.qstatmesh.store.keep} has to do. A failure closes the {@link
 * org.qstatmesh.store.write.WriterConnection} with its statements, and the next attempt opens
 * another.
 *
 * <p>Threads: the loops and what waits are on the verticle's context; the writer and its connection
 * on a worker of one thread, {@code store-writer-…}, that the verticle hands in.
 */
package org.qstatmesh.store.write;
