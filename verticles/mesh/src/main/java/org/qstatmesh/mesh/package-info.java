/**
 * The server's main: one node of the mesh with the stages of its roles, and its command line.
 *
 * <p>Purpose: puts the stages together; the only module that knows them all. {@code config} reads
 * conf/, {@code node} is a running node, {@code supervise} keeps its stages alive, {@code ops} is
 * the operators' port, {@code figures} what the nodes count; {@code cli} has the commands, {@code
 * add}, {@code check} and {@code demo} the work of three of them.
 *
 * <p>Addresses: {@code mesh.stage.died} (subscribes), {@code mesh.clusters.configured} and {@code
 * mesh.people.configured} (publishes). Threads: the main thread parses the command line and waits;
 * all else is on one event loop.
 */
package org.qstatmesh.mesh;
