package org.qstatmesh.wire;

/**
 * One queue or partition.
 *
 * @param queueName its name
 * @param enabled whether it takes new jobs; null when unknown
 * @param started whether it starts jobs; null when unknown
 * @param wallclockLimitSeconds longest job it takes; null when unlimited or unknown
 * @param slotsLimit most cores it gives out; null when unlimited or unknown
 */
public record Queue(
    String queueName,
    Boolean enabled,
    Boolean started,
    Long wallclockLimitSeconds,
    Integer slotsLimit) {

  /** Insists on a name. */
  public Queue {
    if (queueName == null) {
      throw new IllegalArgumentException("a queue needs queueName");
    }
  }
}
