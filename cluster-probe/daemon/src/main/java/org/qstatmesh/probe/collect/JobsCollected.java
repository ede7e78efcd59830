package org.qstatmesh.probe.collect;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.Job;

/** Where the jobs of one collection go: encoded and counted at once, not kept. One thread. */
final class JobsCollected implements Consumer<Job> {
  private final UnaryOperator<Job> completion;
  private final EncodedRecords<Job> encoded = EncodedRecords.ofJobs();
  private final Set<String> owners = new HashSet<>();
  private final Consumer<Job> counted;

  /** Jobs pass through {@code completion} before they are encoded and {@code counted}. */
  JobsCollected(UnaryOperator<Job> completion, Consumer<Job> counted) {
    this.completion = completion;
    this.counted = counted;
  }

  @Override
  public void accept(Job listed) {
    Job job = completion.apply(listed);
    encoded.add(job);
    owners.add(job.jobOwner());
    counted.accept(job);
  }

  EncodedRecords<Job> encoded() {
    return encoded;
  }

  JobCensus census() {
    return new JobCensus(encoded.size(), owners.size());
  }
}
