package org.qstatmesh.wire;

/** What a probe answers; {@code id} is the request's, null when the request could not be read. */
public sealed interface ProbeReply {

  /** The id of the request this answers. */
  String id();

  /** The newest snapshot. */
  record OfSnapshot(String id, Snapshot snapshot) implements ProbeReply {}

  /** The asker's snapshot is still the newest; {@code ageMillis} is its age now. */
  record Unchanged(String id, long ageMillis) implements ProbeReply {}

  /** One job in full. */
  record OfJob(String id, JobDetail detail) implements ProbeReply {}

  /** Who is there. */
  record OfHello(String id, ProbeHello hello) implements ProbeReply {}

  /** The request failed. */
  record Failed(String id, ProbeError error) implements ProbeReply {}
}
