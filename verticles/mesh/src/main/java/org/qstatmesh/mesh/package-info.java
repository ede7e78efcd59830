/**
 * The server's main: reads the configuration, starts the stages of this node's roles, starts a dead
 * one again, and offers the operator's port and command line.
 *
 * <p>Addresses: none on the bus.
 *
 * <p>Threads: the main thread parses the command line and waits; all else is on one event loop.
 */
package org.qstatmesh.mesh;
