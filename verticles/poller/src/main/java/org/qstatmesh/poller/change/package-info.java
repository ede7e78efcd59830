/**
 * What changed between two snapshots of a cluster: which jobs came, started and ended, and which
 * nodes went out of service or came back.
 *
 * <p>Pure functions without a clock; any thread, but not an event loop: two lists of 100,000 jobs
 * take some 80 ms. Nothing is kept from one comparison to the next but the ids of jobs that went
 * back into the queue; both lists are held by the pictures anyway, and an index of both, some 90
 * bytes a job, lives as long as the comparison.
 *
 * <p>What the schedulers leave open is decided thus:
 *
 * <ul>
 *   <li>A job that waited and is gone has ended without a start: whether it was deleted or ran for
 *       less than the time between two polls is not to be seen.
 *   <li>A job that went from running back into the queue (requeued) is not news; when it starts
 *       again, that is a start, and its wait is known only if the scheduler gave it a new time of
 *       submission.
 *   <li>The same id under another owner, or waiting with a submission since the last look, is
 *       another job: the old one has ended.
 *   <li>A job that was not in the last list, though its own times are much older, was overlooked
 *       and is not news.
 *   <li>Suspended is started. A state that is not understood changes nothing.
 *   <li>An array is submitted once, with all its tasks. Tasks that are listed one by one are
 *       compared one by one. Where the listing only counts them, the differences of the counts are
 *       reported, and a task's start is when it was seen.
 *   <li>How full a node is, is no event: jobs say that. Only a change from or to a state in which
 *       it takes no work is one.
 * </ul>
 */
package org.qstatmesh.poller.change;
