/**
 * Listings of long queues, as schedulers would print them.
 *
 * <p>Purpose: text for benchmarks, made from a seed alone. Addresses: none. Threads: none of its
 * own; a generator may be used by any thread, by one at a time.
 */
package org.qstatmesh.it.bench.listings;
