package org.qstatmesh.probe.collect;

import java.time.Duration;

/**
 * How snapshots are taken.
 *
 * @param minimumInterval shortest time between two starts of one command; zero for none
 * @param hideJobNames whether job names stay on this machine
 * @param probeVersion what a snapshot says of its maker
 */
public record TakerOptions(Duration minimumInterval, boolean hideJobNames, String probeVersion) {}
