package org.qstatmesh.demo.simulation;

/**
 * A queue.
 *
 * @param name its name
 * @param wallclockLimitSeconds longest job it takes
 * @param slotsLimit most cores it gives out, as it is listed; null for none
 * @param started whether it starts jobs; nobody submits to a stopped one
 */
public record QueuePlan(
    String name, long wallclockLimitSeconds, Integer slotsLimit, boolean started) {}
