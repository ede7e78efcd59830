/**
 * What TORQUE and OpenPBS share, both being children of the same PBS: letters of job states, words
 * of node states, sizes, durations and times, the attribute text of {@code qstat -Bf} and {@code
 * qstat -Qf}, and which attributes may leave the node.
 *
 * <p>Purpose: pieces for the two adapters, public only for their packages. No threads, no
 * processes, no clock: text in, values out. A text that is not what it should be is an {@link
 * java.lang.IllegalArgumentException} that names the attribute and never shows its value; the
 * readers of listings turn it into a counted problem.
 */
package org.qstatmesh.probe.pbs;
