package org.qstatmesh.demo.simulation;

import java.util.List;

/**
 * What was asked for at submission.
 *
 * @param name of the job; users choose it, any character may be in it
 * @param queueName where it was submitted to
 * @param request of each task
 * @param wallclockLimitSeconds of each task
 * @param array whether it is an array
 * @param slotLimit tasks that may run at a time; 0 for no limit
 * @param durationsSeconds how long each task is going to run; the scheduler does not know
 */
public record Order(
    String name,
    String queueName,
    Request request,
    long wallclockLimitSeconds,
    boolean array,
    int slotLimit,
    List<Long> durationsSeconds) {

  /** Copies the list. */
  public Order {
    durationsSeconds = List.copyOf(durationsSeconds);
  }
}
