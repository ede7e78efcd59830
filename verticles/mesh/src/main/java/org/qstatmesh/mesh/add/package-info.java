/**
 * Brings a cluster in: key, host key, authorized_keys line, conf/ID.json.
 *
 * <p>Purpose: from "me@login" to a row, with the person deciding what to trust. Nothing that exists
 * is overwritten. Addresses: none. Threads: the caller's, which waits for the person.
 */
package org.qstatmesh.mesh.add;
