/**
 * Makes one snapshot out of a scheduler's listings, and keeps the newest one for whoever asks.
 *
 * <p>Purpose: which scheduler is there, one collection after another and never two at once, each
 * command no more often than allowed. No bus addresses. One thread, {@code collector}, which waits
 * for the commands; whoever asks gets a future and never waits here.
 */
package org.qstatmesh.probe.collect;
