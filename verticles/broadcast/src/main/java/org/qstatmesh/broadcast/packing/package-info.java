/**
 * Makes of the readable page in webroot/ the one that is sent.
 *
 * <p>Purpose: on a slow line each file costs a round trip, and comments more bytes than code. So
 * while the jar is built, comments and blanks are taken out, the modules that the first picture
 * needs become one file, those of each place that opens later another, and the style sheets one.
 * Names stay, and nothing is reordered beyond what imports say: what the browser reports can be
 * found in the sources. The page in webroot/ works as it lies there too.
 *
 * <p>An own step, because what does this well needs Node, a program for each platform, or a Java
 * newer than ours (the Closure Compiler since 2024). It reads the way our modules are written and
 * refuses, by name and line, what it cannot be sure of.
 *
 * <p>Threads: none; a program that the build runs.
 */
package org.qstatmesh.broadcast.packing;
