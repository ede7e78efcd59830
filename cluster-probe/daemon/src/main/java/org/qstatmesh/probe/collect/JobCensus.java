package org.qstatmesh.probe.collect;

/**
 * How many jobs of how many people a collection saw.
 *
 * @param records job records
 * @param owners different owners
 */
public record JobCensus(int records, int owners) {}
