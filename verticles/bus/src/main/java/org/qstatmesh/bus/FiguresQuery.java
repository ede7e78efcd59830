package org.qstatmesh.bus;

/** Asks this node for the newest figures of every node that it heard. */
public record FiguresQuery() implements NodeMessage {}
