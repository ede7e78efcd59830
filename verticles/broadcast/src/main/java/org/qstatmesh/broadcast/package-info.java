/**
 * Serves the page and pushes each cluster's row to every open browser.
 *
 * <p>Purpose: owns the rows. The newest picture, the failures since and the clock make a row's
 * status; a row that changed is encoded once and pushed to all who listen. That nobody polls a
 * cluster is said here and nowhere else: this stage hears every poller and knows every configured
 * cluster, whereas no poller knows of a cluster that none may poll. NotifyVerticle is a stage of
 * its own beside it, for a node that serves no page may still tell receivers what happened ({@link
 * org.qstatmesh.broadcast.notify}).
 *
 * <p>Addresses: hears {@code mesh.clusters.configured}, {@code mesh.people.configured}, {@code
 * mesh.snapshot.taken}, {@code mesh.poll.failed}, {@code mesh.poller.alive}, {@code
 * mesh.store.state}, {@code mesh.conf.state} and {@code mesh.snapshot.stored}; asks {@code
 * mesh.latest.query}, {@code mesh.history.query}, {@code mesh.at.query}, {@code mesh.waits.query},
 * {@code mesh.events.query}, {@code mesh.jobs.query.<cluster>}, {@code mesh.job.query.<cluster>},
 * {@code mesh.nodes.query.<cluster>}, {@code mesh.fit.query.<cluster>} and {@code
 * mesh.figures.query}. Towards browsers it owns {@code grid.*} ({@link
 * org.qstatmesh.broadcast.browser}), which no mesh message ever crosses by itself and from which
 * nothing but checked questions comes back.
 *
 * <p>Threads: event loops only, one of the mesh's and one of the browsers'; the page's files are
 * read once, and long tables written, on a worker.
 */
package org.qstatmesh.broadcast;
