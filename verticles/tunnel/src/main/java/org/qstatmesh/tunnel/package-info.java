/**
 * Reaches each cluster's probe through ssh and says whether the way is open.
 *
 * <p>Addresses: answers {@code mesh.tunnel.open} of its own node; publishes {@code
 * mesh.tunnel.state} on every change and every ten seconds, {@code mesh.stage.died} if one of its
 * threads ends; listens to {@code mesh.clusters.configured}.
 *
 * <p>Threads: the states of all tunnels live on the verticle's event loop. sshj blocks, so it runs
 * on threads of ours only: {@code tunnel-dial-*} (TCP alone), {@code tunnel-connect-*} (at most 16
 * key exchanges and logins at once), {@code tunnel-close-*}, one {@code tunnel-accept-*} for each
 * tunnel, {@code tunnel-up-*} and {@code tunnel-down-*} for each accepted socket (at most 16
 * sockets for each tunnel), or {@code tunnel-err-*} besides where a command is the probe (at most
 * 4); besides sshj's own reader and keep-alive, two for each session. None is ever interrupted;
 * what must end has its socket closed. Results come back to the event loop.
 *
 * <p>Behind a tunnel's port is either the probe's own port ({@code PortChannel}) or a command that
 * ssh starts for each accepted socket ({@code CommandChannel}). sshd says yes to any command, so
 * only a first frame proves it a probe; one that prints text or ends ends the ssh session too,
 * because a mended authorized_keys line counts from the next login on.
 *
 * <p>Besides the stage, {@link org.qstatmesh.tunnel.SshDiagnosis} and {@link
 * org.qstatmesh.tunnel.KeyPairFile} serve the commands that set a cluster up and check it: sshj is
 * on no other module's class path.
 */
package org.qstatmesh.tunnel;
