package org.qstatmesh.wire;

/**
 * Who answers at a probe's address.
 *
 * @param drms the scheduler found; null before the first collection succeeded
 * @param drmsVersion its version; null when unknown
 * @param serverName its server; null when unknown
 * @param visibility whose jobs the probe sees
 * @param probeVersion version of the probe
 * @param minimumIntervalSeconds the probe's shortest time between two collections
 */
public record ProbeHello(
    String drms,
    String drmsVersion,
    String serverName,
    Visibility visibility,
    String probeVersion,
    Integer minimumIntervalSeconds) {}
