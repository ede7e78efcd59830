/**
 * What may leave this machine, as its administrator decided.
 *
 * <p>Purpose: the file of {@code --config} becomes a floor under the interval and a pure function
 * that every job passes through; no request can widen either. No bus addresses, no threads.
 */
package org.qstatmesh.probe.policy;
