/**
 * The databases that can keep the history, behind one interface: a file of SQLite, a server of
 * PostgreSQL. Knows connections, locks, faults, the words in which the two differ, and the scripts
 * that make the tables; knows nothing of what is in them. Plain JDBC: every method blocks, worker
 * threads only, unless it says otherwise.
 */
package org.qstatmesh.store.database;
