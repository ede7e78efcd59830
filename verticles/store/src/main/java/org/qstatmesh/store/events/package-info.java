/**
 * What changed on a cluster: what happened to jobs, which nodes went out of service or came back,
 * and when the cluster itself did not answer.
 *
 * <p>A row of the table {@code event} holds what one sample brought, written and deleted with it in
 * one transaction. Days older than the limit of the configuration become one row of the table
 * {@code event_day} each: counts, and how long jobs waited by queue and size, in classes 10 % wide;
 * names of persons and jobs are gone then. So do the oldest days of a cluster of which more than 64
 * MB are kept.
 *
 * <p>That the cluster itself stopped answering, or answers again, is a row of the table {@code
 * cluster_change} ({@link org.qstatmesh.store.events.ClusterStates}): one for each change, however
 * many polls fail. Old ones go with the events, but how a cluster stands now stays known.
 *
 * <p>Body of an event row, {@link org.qstatmesh.store.events.EventBody}: its length, so that a
 * database can put many of them one behind the other; version; milliseconds since the day began;
 * how many changes were omitted; what ids of jobs end with; jobs; nodes. Names are numbers of the
 * table {@code word}. Body of a day, {@link org.qstatmesh.store.events.DayBody}: the same length
 * and version, counts, then by queue and size the classes of waits.
 *
 * <p>Plain JDBC without transactions of its own, on the writer's thread; what only reads bytes runs
 * on any thread but an event loop.
 */
package org.qstatmesh.store.events;
