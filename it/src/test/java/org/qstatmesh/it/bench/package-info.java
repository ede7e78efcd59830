/**
 * Benchmarks of the packaged jars under their own launchers, run by {@code it/bench}.
 *
 * <p>Purpose: figures of what a user meets, with their peers measured in the same run. Addresses:
 * only those that browsers see. Threads: the main one measures; servers and clients of a benchmark
 * have threads of their own and end with it.
 */
package org.qstatmesh.it.bench;
