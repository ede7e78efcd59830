package org.qstatmesh.poller;

import java.time.Duration;
import org.qstatmesh.wire.ProbeReply;

/**
 * A probe's answer.
 *
 * @param reply what it says; a failure that the probe reports is an answer too
 * @param bytes length of its frame
 * @param arrivedAtEpochMillis when it was here
 * @param took from the request to the parsed reply
 */
record Answer(ProbeReply reply, int bytes, long arrivedAtEpochMillis, Duration took) {}
