package org.qstatmesh.bus;

/** Asks for a way to a cluster's probe; repeating it is harmless. */
public record TunnelWanted(String cluster) implements NodeMessage {}
