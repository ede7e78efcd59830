/**
 * TORQUE, 4.2 to 6.1: {@code qstat -f -x -t}, {@code pbsnodes -x}, {@code qstat -Q -f}, {@code
 * qstat -B -f}.
 *
 * <p>Purpose: those listings to records. Jobs and nodes are taken from XML, because a user can
 * forge whole jobs in the {@code -f} text; {@code -t} lists every array task in the state it really
 * has. No threads, processes or clock.
 */
package org.qstatmesh.probe.torque;
