/**
 * The databases that can keep the history, behind one interface: a file of SQLite, a server of
 * PostgreSQL. Knows connections, locks and the words in which the two differ; knows nothing of what
 * is kept. Plain JDBC: every method blocks, worker threads only, unless it says otherwise.
 */
package org.qstatmesh.store.database;
