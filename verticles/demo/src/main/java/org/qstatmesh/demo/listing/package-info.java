/**
 * A simulated cluster as its scheduler's own commands would list it.
 *
 * <p>Purpose: text in the very form of {@code qstat} and {@code pbsnodes} of TORQUE 6.1 and OpenPBS
 * 23.06, and two small shell scripts of these names that print it, so that the real probe has
 * something real to run and to read. Files change under the scripts' feet but never in their midst.
 * No threads; one caller at a time.
 */
package org.qstatmesh.demo.listing;
