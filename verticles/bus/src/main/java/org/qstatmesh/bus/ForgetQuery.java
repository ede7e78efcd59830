package org.qstatmesh.bus;

/**
 * Asks the store to forget a person: what is kept under the login goes to nobody's name, so that
 * sums stay right, and the name is deleted.
 *
 * @param login on every cluster
 */
public record ForgetQuery(String login) implements MeshMessage {}
