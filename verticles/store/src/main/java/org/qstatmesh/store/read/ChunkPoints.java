package org.qstatmesh.store.read;

import org.qstatmesh.store.chunk.ChunkReader;

/** The points of a chunk that a range has, and the steps they belong to. */
final class ChunkPoints {
  private final ChunkReader chunk;
  private final int first;
  private final int end;

  /** Of each point its step, from {@code first} to {@code end}. */
  private final int[] steps;

  /**
   * Those from {@code fromMillis} on and before {@code untilMillis}.
   *
   * @param startMillis start of the chunk
   */
  ChunkPoints(
      ChunkReader chunk, long startMillis, long fromMillis, long untilMillis, Steps ofAnswer) {
    this.chunk = chunk;
    int last = chunk.points() - 1;
    while (last >= 0 && startMillis + chunk.offsetMillis(last) >= untilMillis) {
      last--;
    }
    end = last + 1;
    int at = 0;
    while (at < end && startMillis + chunk.offsetMillis(at) < fromMillis) {
      at++;
    }
    first = at;
    steps = new int[end];
    for (int i = first; i < end; i++) {
      steps[i] = ofAnswer.indexOf(startMillis + chunk.offsetMillis(i));
    }
  }

  boolean isEmpty() {
    return first == end;
  }

  /** Adds how many samples are in each point to its step. */
  void addSamplesTo(int[] ofSteps) {
    for (int i = first; i < end; i++) {
      ofSteps[steps[i]] += chunk.samples(i);
    }
  }

  /** Adds the value of each point to that of its step. */
  void addTo(long[] ofSteps, long[] ofPoints) {
    for (int i = first; i < end; i++) {
      ofSteps[steps[i]] += ofPoints[i];
    }
  }

  /** Makes each step's value that of its points if that is less. */
  void lower(long[] ofSteps, long[] ofPoints) {
    for (int i = first; i < end; i++) {
      ofSteps[steps[i]] = Math.min(ofSteps[steps[i]], ofPoints[i]);
    }
  }

  /** Makes each step's value that of its points if that is more. */
  void raise(long[] ofSteps, long[] ofPoints) {
    for (int i = first; i < end; i++) {
      ofSteps[steps[i]] = Math.max(ofSteps[steps[i]], ofPoints[i]);
    }
  }
}
