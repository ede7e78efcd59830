/**
 * What of the libraries' words does not reach the log.
 *
 * <p>Purpose: one line per event that somebody can act on. Addresses: none. Threads: whichever
 * logs.
 */
package org.qstatmesh.mesh.logging;
