package org.qstatmesh.probe.collect;

import org.qstatmesh.probe.command.CommandOutcome;

/**
 * One question of the detection.
 *
 * @param outcome what was asked and what came of it; the value is the answer's beginning
 * @param conclusion what follows from the answer, in words
 */
public record DetectionStep(CommandOutcome<String> outcome, String conclusion) {}
