/**
 * The login node of the simulated clusters: an ssh server on loopback.
 *
 * <p>Purpose: real tunnels without a network. It lets one key log in, for forwarding to the demo's
 * own probes and nothing else: no shell, no commands, no files. Threads: Apache MINA's own.
 */
package org.qstatmesh.demo.login;
