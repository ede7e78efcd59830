package org.qstatmesh.probe.serve;

/**
 * Whom a reply goes to.
 *
 * @param path the way back
 * @param requestId id of the request; null when it could not be read
 */
record Asker(ReplyPath path, String requestId) {}
