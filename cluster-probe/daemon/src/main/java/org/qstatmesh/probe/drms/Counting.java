package org.qstatmesh.probe.drms;

import java.util.function.Consumer;
import org.qstatmesh.wire.Job;

/** Hands jobs on and counts them; one parse, one thread. */
public final class Counting implements Consumer<Job> {
  private final Consumer<Job> sink;
  private int count;

  /** Counts what {@code sink} took. */
  public Counting(Consumer<Job> sink) {
    this.sink = sink;
  }

  @Override
  public void accept(Job job) {
    sink.accept(job);
    count++;
  }

  /** How many were handed on. */
  public int count() {
    return count;
  }
}
