/**
 * From the records of one collection to what a row of the page says of it.
 *
 * <p>Purpose: one way of counting for the mesh, which counts a snapshot when it arrives, and for
 * the probe, which counts while nobody asks; so a day seen live and a day filled in later cannot
 * differ. No bus addresses, no threads: what counts belongs to one thread, what was counted is
 * immutable.
 */
package org.qstatmesh.wire.summary;
