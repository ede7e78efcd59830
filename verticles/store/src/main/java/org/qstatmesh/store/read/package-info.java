/**
 * Answers questions about the past from what is stored: {@link org.qstatmesh.store.read.Answers} is
 * the door.
 *
 * <p>A question has one connection until it is answered, and two seconds to read. It reads rows
 * that wait first, then chunks of the longest stored steps that suffice, because compaction only
 * ever moves from these to those. What cannot be read is a gap, and told.
 *
 * <ul>
 *   <li>{@link org.qstatmesh.store.read.HistoryReader}: a measure over time. {@link
 *       org.qstatmesh.store.read.HistoryExtent} says what there is, {@link
 *       org.qstatmesh.store.read.HistoryPlan} which of it is read, and {@link
 *       org.qstatmesh.store.read.StepSums} adds it up
 *   <li>{@link org.qstatmesh.store.read.LatestReader}: all clusters at a moment. {@link
 *       org.qstatmesh.store.read.NearestSamples} finds the sample, {@link
 *       org.qstatmesh.store.read.Picture} makes a summary of it
 *   <li>{@link org.qstatmesh.store.read.WaitsReader} and {@link
 *       org.qstatmesh.store.read.EventsReader}: what happened to jobs and nodes
 * </ul>
 *
 * <p>Threads: called on the verticle's context. Rows are folded on Vert.x's internal workers by the
 * Vert.x JDBC client, chunks are opened in {@code executeBlocking}. Writes nothing; knows nothing
 * of {@link org.qstatmesh.store.write}.
 */
package org.qstatmesh.store.read;
