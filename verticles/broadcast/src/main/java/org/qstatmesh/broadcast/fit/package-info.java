/**
 * Where a job fits, of all clusters: what is free now and what stands in the way, from each
 * cluster's poller, and how long such jobs waited before, from the store, put into one order.
 *
 * <p>Addresses: asks {@code mesh.fit.query.<cluster>} and {@code mesh.waits.query}. Threads: that
 * of the caller; nothing here is kept from one question to the next.
 *
 * <p>Nothing in an answer is a forecast. Numbers of the past come with how many jobs they are of;
 * of fewer than ten none are given. A cluster whose news is old, or that nobody answers for, stands
 * last and is not left out.
 */
package org.qstatmesh.broadcast.fit;
