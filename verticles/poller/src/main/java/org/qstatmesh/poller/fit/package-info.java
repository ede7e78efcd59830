/**
 * Where in a cluster a job of some shape fits: what its newest snapshot says of nodes and queues,
 * held against what is wanted.
 *
 * <p>Pure functions without a clock; any thread. What they take grows with the nodes and the queues
 * they name, never with the jobs.
 *
 * <p>What the schedulers leave open is decided thus:
 *
 * <ul>
 *   <li>Slurm and Grid Engine name the queues of each node, all of them. PBS names at most one: a
 *       queue with nodes of its own gets those only, every other queue gets the nodes that are
 *       nobody's (so does OpenPBS's own scheduler: {@code qinfo->nodes} or {@code unassoc_nodes}).
 *       Where no node names a queue (TORQUE's listing never does), each queue may use all nodes;
 *       that it asks for a node property by default is not to be seen.
 *   <li>A node of Grid Engine has the slots of all its queues together; how many are whose is not
 *       to be seen. Unless it serves one queue only, its slots say at most that too few are free.
 *   <li>What is used of a node's memory is what the scheduler says: given to jobs (OpenPBS, Slurm)
 *       or in use (TORQUE, Grid Engine).
 *   <li>Reservations, fair shares, limits of users and groups, licences and who may use a queue are
 *       not in a snapshot. A queue that passes jobs on to others looks like one that runs them.
 *   <li>What is not said is not known: it makes a verdict UNKNOWN unless the rest decides.
 * </ul>
 */
package org.qstatmesh.poller.fit;
