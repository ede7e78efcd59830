/**
 * The certificates by which nodes of one mesh know each other.
 *
 * <p>Purpose: an authority of the mesh's own, that signs one certificate for each node and nothing
 * else. Addresses: none. Threads: none; everything blocks its caller.
 */
package org.qstatmesh.mesh.keys;
