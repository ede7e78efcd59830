/**
 * {@code /api/v1/}: what the page is told, for programs. Read only.
 *
 * <p>Purpose: turns a path and its parameters into the fields of a browser's question and the
 * answer into a response. What may be asked, how much, and about which clusters is decided where
 * browsers' questions are; a row is the very bytes that browsers get. {@link
 * org.qstatmesh.broadcast.browser.rest.RestRoute} lists every address, openapi-v1.json describes
 * them; a test holds both together.
 *
 * <p>Bounded: one question at a time for a connection, since a connection whose last answer was not
 * taken is not served; and {@link org.qstatmesh.broadcast.browser.rest.RestLimits} in all.
 *
 * <p>Threads: the browsers' event loop.
 */
package org.qstatmesh.broadcast.browser.rest;
