package org.qstatmesh.bus;

/** Where a cluster's probe is: at a port, or behind a command that starts it. */
public sealed interface ProbeAccess permits ProbeAddress, ProbeCommand {}
