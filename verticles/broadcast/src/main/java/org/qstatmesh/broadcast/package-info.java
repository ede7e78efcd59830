/**
 * Serves the page and pushes each cluster's row to every open browser.
 *
 * <p>Addresses: hears {@code mesh.snapshot.taken}, {@code mesh.poll.failed}, {@code
 * mesh.tunnel.state}, {@code mesh.poller.alive} and {@code mesh.snapshot.stored}; asks {@code
 * mesh.latest.query}, {@code mesh.history.query}, {@code mesh.jobs.query}, {@code mesh.job.query} and
 * {@code mesh.nodes.query}. Towards browsers it owns {@code grid.*}, on a bus of their own that no
 * mesh message ever crosses by itself.
 *
 * <p>Threads: event loops only, one for the mesh's side and one for the browsers'.
 */
package org.qstatmesh.broadcast;
