package org.qstatmesh.bus;

/**
 * What was forgotten.
 *
 * @param clusters on how many clusters the login was known
 * @param chunks how many stored parts were written anew without it
 * @param events how many events of its jobs are nobody's now
 */
public record ForgetAnswer(int clusters, long chunks, long events) implements MeshMessage {}
