/**
 * Tests of the packaged jars as processes, with real peers: OpenSSH, schedulers' commands, pyzmq,
 * Chromium.
 *
 * <p>Purpose: what a user meets is what was tested. Addresses: only those that browsers see.
 * Threads: the test's own; each process, the websocket client and the browser have theirs.
 */
package org.qstatmesh.it;
