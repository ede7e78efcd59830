/**
 * What the tests are built from: processes, an sshd, replayed schedulers, probes, meshes, browsers.
 *
 * <p>Everything listens on loopback at an ephemeral port, writes below a test's own directory and
 * ends when it is closed. Threads: each process has one that reads its output.
 */
package org.qstatmesh.it.kit;
