/**
 * Tries the way to a cluster step by step and says what to fix.
 *
 * <p>Purpose: the answer to "why is this row grey", before and after a cluster is put in.
 * Addresses: none. Threads: the caller's; every step blocks it, the longest for 40 s.
 */
package org.qstatmesh.mesh.check;
