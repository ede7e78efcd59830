/**
 * The commands of qstat-mesh.jar.
 *
 * <p>Purpose: words, exit codes and prompts; the work is done elsewhere. Exit codes besides those
 * of a command: 64 usage, 69 a port is taken, 78 configuration, 143 after SIGTERM. Addresses: none.
 * Threads: the main thread.
 */
package org.qstatmesh.mesh.cli;
