/**
 * Code measured by itself, inside a JVM that JMH starts.
 *
 * <p>Purpose: CPU of what runs for every job of a cluster. No addresses. One thread measures.
 */
package org.qstatmesh.it.bench.jmh;
