/**
 * Moves a whole history from one database to another, for the command migrate. Knows tables and
 * columns, not what they mean. Threads: the caller's; every method blocks.
 */
package org.qstatmesh.store.copy;
