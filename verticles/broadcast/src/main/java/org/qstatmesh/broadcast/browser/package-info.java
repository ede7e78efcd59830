/**
 * The browsers' side: HTTP, the bridge, and the addresses that a page registers for.
 *
 * <p>Addresses: {@code grid.clusters}, {@code grid.cluster.<id>} and the {@code grid.*.query} of
 * BrowserTopics. They exist in this package only: no event bus carries what a browser sends, so no
 * mesh address can be reached and no reply forged.
 *
 * <p>Why a bridge of ours stands behind the SockJS handler, and not the library's (read in
 * vertx-web 5.0.10): that one answers malformed frames and unknown addresses past its hook and
 * without a bound, so a browser that sends and never reads fills the heap; it logs what browsers
 * send, a line each, unescaped; it encodes a row for every socket, which costs forty times the work
 * at 20 KB; and it keeps a bus consumer for every socket and address. The frames are the same, so
 * clients made for it work.
 *
 * <p>Closing a websocket does not end a connection whose browser does not read: the close frame and
 * the end of the channel wait behind the bytes in front of them. What ends it is the write idle
 * timeout of the server, which counts what the kernel took.
 *
 * <p>What a browser can register for and ask, a program has under {@code /api/v1/}, from {@link
 * org.qstatmesh.broadcast.browser.rest}: the same bytes, behind the same checks.
 *
 * <p>Threads: one event loop of a Vert.x that belongs to {@link
 * org.qstatmesh.broadcast.browser.BrowserServer}; only that class may be called from elsewhere.
 * Public is what {@link org.qstatmesh.broadcast} uses; nothing here is for other modules.
 */
package org.qstatmesh.broadcast.browser;
