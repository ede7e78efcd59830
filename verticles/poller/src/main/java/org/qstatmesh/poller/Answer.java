package org.qstatmesh.poller;

import org.qstatmesh.wire.ProbeReply;

/**
 * A probe's answer.
 *
 * @param reply what it says; a failure that the probe reports is an answer too
 * @param arrivedAtEpochMillis when it was here
 */
record Answer(ProbeReply reply, long arrivedAtEpochMillis) {}
