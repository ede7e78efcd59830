/**
 * What this node counted, and what the others say that they did.
 *
 * <p>Purpose: {@link org.qstatmesh.mesh.figures.FiguresVerticle} reads the node's meters every two
 * seconds, publishes what matters to people, and keeps the newest of every node for whoever asks on
 * this one: the operators' port and the page's stage; so a terminal and a page show the same.
 * {@link org.qstatmesh.mesh.figures.MeshRates} makes rates of two answers.
 *
 * <p>Addresses: {@code mesh.node.figures} (publishes, subscribes), {@code mesh.figures.query}
 * (answers). Threads: one event loop; meters are read on a worker.
 */
package org.qstatmesh.mesh.figures;
