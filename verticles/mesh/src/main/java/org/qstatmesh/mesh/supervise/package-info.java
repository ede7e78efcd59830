/**
 * Starts the stages of this node, starts a dead one again, stops them all.
 *
 * <p>Purpose: a stage's death is its own; the others go on. Addresses: subscribes {@code
 * mesh.stage.died} and {@code mesh.stage.note}, publishes {@code mesh.clusters.configured}, {@code
 * mesh.people.configured} and {@code mesh.conf.state}. {@link
 * org.qstatmesh.mesh.supervise.MeshStages} calls ({@code mesh.node.call}) and hears the nodes
 * ({@code mesh.node.present}), and asks for and answers {@code mesh.stage.restart.NODE}. Threads:
 * everything happens on the one event loop that {@link org.qstatmesh.mesh.supervise.Supervisor} was
 * made on.
 */
package org.qstatmesh.mesh.supervise;
