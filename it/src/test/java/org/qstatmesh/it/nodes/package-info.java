/**
 * Meshes of several nodes, each a process with the packaged jar: shares of the pollers, nodes that
 * die, partitions, nodes that have no business there.
 */
package org.qstatmesh.it.nodes;
