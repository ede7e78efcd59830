/**
 * Clusters that exist only here: nodes, people, jobs and a first-fit batch scheduler.
 *
 * <p>Purpose: a picture that moves as a real cluster's does, and the past it came from. Pure: the
 * same seed and the same instants give the same jobs, so the past can be played again to be told.
 * No I/O, no clock, no threads; an instance belongs to one thread at a time. Times are seconds
 * since the epoch.
 */
package org.qstatmesh.demo.simulation;
