/**
 * What {@code demo} adds to {@code run}: a configuration for the simulated clusters and their past.
 *
 * <p>Purpose: from here on the demonstration is an ordinary node. Addresses: publishes {@code
 * mesh.snapshot.taken} on a bus of its own, before the node starts. Threads: the caller's, which
 * waits.
 */
package org.qstatmesh.mesh.demo;
