package org.qstatmesh.wire;

/**
 * What one collection cost the machine that the probe runs on.
 *
 * @param cpuSeconds CPU time of the probe's own process, parsing and encoding included; null when
 *     unknown
 * @param commandCpuSeconds CPU time of the scheduler's commands on this machine; what they cost the
 *     scheduler's server is not in it; null when unknown
 * @param outputBytes what the commands printed
 */
public record Cost(Double cpuSeconds, Double commandCpuSeconds, Long outputBytes) {}
