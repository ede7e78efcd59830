/**
 * How nodes of one mesh find each other and whose messages they take.
 *
 * <p>Purpose: a Vert.x whose mesh bus reaches the other nodes. Hazelcast says who is there and who
 * listens to what; the messages themselves go from node to node over mutual TLS. Nodes that speak
 * another protocol of the mesh are seen, said, and sent nothing. Addresses: none. Threads:
 * Hazelcast's own, named {@code hz.*}; starting and stopping is done on Vert.x workers.
 */
package org.qstatmesh.mesh.membership;
