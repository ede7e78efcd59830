/**
 * Simulated clusters through the whole real path: for looking at the page without a cluster.
 *
 * <p>Purpose: everything on the far side of the network. A simulated scheduler's listings lie
 * behind tiny {@code qstat} and {@code pbsnodes}; the real probe runs those, one probe for each
 * cluster, in this JVM; an embedded ssh server lets the real tunnels in. Nothing here knows the
 * mesh: it is given a configuration as for any other cluster. Addresses: none on the bus.
 *
 * <p>Threads: {@code demo-simulation} moves the clusters and lets them fail; the probes and the ssh
 * server have their own.
 */
package org.qstatmesh.demo;
