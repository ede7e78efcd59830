/**
 * Runs the scheduler's commands on a machine that belongs to others.
 *
 * <p>Purpose: one way to run a command, with every bound it needs: no shell, an absolute path, a
 * small environment, a deadline, a session of its own that is killed whole, bounded output. No bus
 * addresses. No threads of its own: a command is served by the thread that asked for it.
 */
package org.qstatmesh.probe.command;
