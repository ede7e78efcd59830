/**
 * Reaches each cluster's probe through ssh and says whether the way is open.
 *
 * <p>Addresses: answers {@code mesh.tunnel.open} of its own node; publishes {@code
 * mesh.tunnel.state} on every change and every ten seconds.
 *
 * <p>Threads: the library blocks, so connecting, accepting and pumping run on named threads that the
 * verticle owns; results come back to its event loop.
 */
package org.qstatmesh.tunnel;
