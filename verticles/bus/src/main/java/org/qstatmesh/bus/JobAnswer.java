package org.qstatmesh.bus;

import org.qstatmesh.wire.Job;

/** One job in full; see {@link org.qstatmesh.wire.JobDetail}. */
public record JobAnswer(Job job, String reason, String text) implements MeshMessage {}
