/**
 * The browsers' side: HTTP, the bridge, and the addresses that a page registers for.
 *
 * <p>Addresses: {@code grid.clusters}, {@code grid.cluster.<id>} and the {@code grid.*.query} of
 * {@link org.qstatmesh.broadcast.browser.BrowserTopics}, on a bus of the browsers' own.
 *
 * <p>Why there is a bridge of ours behind the SockJS handler and not the library's: the library's
 * answers malformed frames and unknown addresses past its hook, so a browser that sends and never
 * reads fills the heap; it logs what browsers send, a line each, unescaped; it encodes a row once
 * for every socket; and it keeps a bus consumer for every socket and address. The protocol is the
 * same, so the library's own clients work.
 *
 * <p>Threads: one event loop of a Vert.x that belongs to {@link
 * org.qstatmesh.broadcast.browser.BrowserServer}; only that class may be called from elsewhere.
 */
package org.qstatmesh.broadcast.browser;
