/**
 * Answers of the mesh as tables for programs that read CSV.
 *
 * <p>Purpose: one table for each kind of answer that is a list. Names of columns are those of the
 * JSON; texts go through {@link org.qstatmesh.bus.SafeText}, since people on the clusters chose
 * them.
 *
 * <p>Threads: none of its own; nothing here blocks or keeps state.
 */
package org.qstatmesh.broadcast.table;
