package org.qstatmesh.probe.drms;

import org.qstatmesh.wire.Visibility;

/**
 * What the scheduler's server says of itself.
 *
 * @param version as it words it; null when it does not say
 * @param serverName its name
 * @param visibility whose jobs an ordinary user sees
 */
public record ServerFacts(String version, String serverName, Visibility visibility) {}
