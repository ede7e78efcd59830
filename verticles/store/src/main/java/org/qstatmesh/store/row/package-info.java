/**
 * A sample as a row of the table {@code live}: one body, whatever the sample knows. Bodies say
 * their length, so that a database can put many of them one behind the other. Knows no SQL.
 * Threads: the caller's; a reader or writer belongs to one.
 */
package org.qstatmesh.store.row;
