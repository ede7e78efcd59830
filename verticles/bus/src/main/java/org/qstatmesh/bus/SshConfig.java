package org.qstatmesh.bus;

import java.nio.file.Path;

/**
 * The way to a login node. Holds paths to secrets, never secrets.
 *
 * @param host name or address of the login node
 * @param port its sshd
 * @param user login name there
 * @param identityFile private key
 * @param passphraseFile file whose first line opens the key; null for a key without one
 * @param knownHostsFile host keys accepted, in OpenSSH's format
 * @param proxyJump host to go through; null for none
 */
public record SshConfig(
    String host,
    int port,
    String user,
    Path identityFile,
    Path passphraseFile,
    Path knownHostsFile,
    SshConfig proxyJump) {}
