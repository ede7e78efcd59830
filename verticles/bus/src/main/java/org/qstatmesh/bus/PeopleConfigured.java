package org.qstatmesh.bus;

/** The people of this node's configuration; whoever is not among them is gone. */
public record PeopleConfigured(People people) implements NodeMessage {}
