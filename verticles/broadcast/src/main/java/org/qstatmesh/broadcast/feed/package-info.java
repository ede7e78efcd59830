/**
 * A cluster's news in few lines: when it answered, who took or gave back many cores, which nodes
 * went and came.
 *
 * <p>Purpose: makes them from the events that the store keeps, at each question anew: nothing is
 * remembered here, so a restart loses nothing, and a page that shows no news costs nothing. What
 * happened within ten minutes, aligned to the epoch, is one line for each person and each kind of
 * change. Lines are numbers and names; the page makes words of them.
 *
 * <p>Threads: the event loop of the page's stage; ChangeFeed is pure.
 */
package org.qstatmesh.broadcast.feed;
