/**
 * Texts that repeat, and the numbers that stand for them in rows and chunks: names of persons,
 * groups, accounts and queues, reasons to wait, what a cluster is.
 *
 * <p>Threads: a {@link org.qstatmesh.store.word.Dictionary} belongs to the writer's; the rest is
 * immutable.
 */
package org.qstatmesh.store.word;
