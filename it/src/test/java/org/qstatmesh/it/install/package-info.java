/**
 * The server's archive as it is installed: the installer, the units and the container file, each
 * tried on a copy of this machine's file system that goes with the test.
 *
 * <p>Threads: the test's own.
 */
package org.qstatmesh.it.install;
