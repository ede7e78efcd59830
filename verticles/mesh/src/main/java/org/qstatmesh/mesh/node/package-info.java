/**
 * One running node: its Vert.x, meters, data directory, operators' port and supervised stages.
 *
 * <p>Purpose: what {@code run} and {@code demo} have in common. Addresses: none of its own.
 * Threads: {@link org.qstatmesh.mesh.node.MeshNode#start} and {@code close} block their caller; the
 * rest is on event loops.
 */
package org.qstatmesh.mesh.node;
