/**
 * Hours and longer spans of history as compact bytes. Pure: no database, no clock, no threads of
 * its own; an object serves one thread at a time.
 *
 * <p>A chunk holds one {@link org.qstatmesh.store.chunk.Part} of one cluster over a span. Its
 * points are those samples (raw), or those steps (longer), that knew the part: a gap is no point,
 * never a 0. Of every point it holds, by measure and key, one value (raw) or last, sum, least and
 * most (steps); a key that is 0 throughout a measure is not in it.
 *
 * <p>Body: version byte; CRC-32 of the rest, four bytes, because a database file has no checksums;
 * kind byte (0 raw, 1 steps); sections. A section is code, plain length and stored length as
 * varints, then the bytes: deflated without a header, or as they are when both lengths are equal.
 * Sections are deflated one by one, so that a question inflates only its measure.
 *
 * <ul>
 *   <li>code 0, points: how many; offsets from the chunk's start in milliseconds, each as the
 *       change of its distance to the one before it; of steps also how many samples each has, as
 *       differences
 *   <li>code 1 + 2m, measure m: how many keys; keys as differences; for each key the last values as
 *       differences, then of steps sum - samples * last: a constant costs zeros
 *   <li>code 2 + 2m, of steps only: for each of these keys last - least, then most - last
 *   <li>code 64, of {@link org.qstatmesh.store.chunk.Part#HEAD} only: see {@link
 *       org.qstatmesh.store.chunk.Heads}
 * </ul>
 *
 * <p>Numbers are varints, seven bits a byte, least first; differences are zigzag. Nearly all of
 * them take one byte, and Huffman's code then less than half of it.
 */
package org.qstatmesh.store.chunk;
