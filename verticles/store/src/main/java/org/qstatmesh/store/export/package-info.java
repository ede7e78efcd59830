/**
 * The history as files: a backup of all of it, and tables of what it holds for other programs.
 *
 * <p>Purpose: what the commands {@code backup} and {@code export} do. Reads only; a stage that
 * writes goes on. Addresses: none. Threads: the caller's, which waits.
 */
package org.qstatmesh.store.export;
