/**
 * Simulated clusters: a pretended scheduler behind tiny commands, the real probe in this process and
 * an embedded ssh server, so that the whole real path can be seen without any cluster.
 *
 * <p>Addresses: none of its own; the days before its start reach the store as {@code
 * mesh.snapshot.taken}.
 *
 * <p>Threads: those of the probes and of the ssh server it starts.
 */
package org.qstatmesh.demo;
