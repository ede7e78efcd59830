package org.qstatmesh.probe.drms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * One scheduler, understood: its listings. Any thread; at most it remembers what its server said
 * last.
 */
public interface Adapter {

  /** The value of a snapshot's {@code drms}. */
  String drms();

  /** Version, server name and visibility. */
  Listing<ServerFacts> server();

  /**
   * Unfinished jobs, each handed on as soon as it is read, so that no list of them need be kept.
   * What was handed on counts only if the listing succeeds.
   *
   * @param sink takes each job, on the thread that parses
   * @return a listing that says how many there were
   */
  Listing<Integer> jobs(Consumer<Job> sink);

  /**
   * Other ways to list the jobs, best first: tried where the text of {@link #jobs} cannot be read,
   * or not be trusted. The first that succeeds counts.
   */
  default List<Function<Consumer<Job>, Listing<Integer>>> jobsOtherwise() {
    return List.of();
  }

  /**
   * What another command knows of the jobs, run before {@link #jobs}: it completes each of them.
   * Good for one listing of jobs and its thread. Where it fails the jobs stay as they are listed:
   * whom a job is charged to may be missing, the job never.
   */
  default Optional<Listing<UnaryOperator<Job>>> jobDetails() {
    return Optional.empty();
  }

  /**
   * Why jobs wait, where yet another command tells it; run after {@link #jobDetails()} where that
   * succeeded, and under the same rules.
   */
  default Optional<Listing<UnaryOperator<Job>>> jobReasons() {
    return Optional.empty();
  }

  /** Hosts. */
  Listing<List<Node>> nodes();

  /** What a second command adds to {@link #nodes()}; run right after it, where it succeeded. */
  default Optional<Supplement<List<Node>, ?>> nodeSupplement() {
    return Optional.empty();
  }

  /** Queues. */
  Listing<List<Queue>> queues();

  /**
   * One job in full. The id comes from the network: implementations refuse what is no job id of
   * this scheduler with {@link IllegalArgumentException}, so that it can be no option and no other
   * command's argument.
   */
  Listing<JobDetail> job(String jobId);

  /**
   * What another command knows of one job that {@link #job} knows. Where it fails, or does not know
   * the job, the first answer stays as it is.
   *
   * @throws IllegalArgumentException as {@link #job}
   */
  default Optional<Listing<UnaryOperator<JobDetail>>> jobAdvice(String jobId) {
    return Optional.empty();
  }

  /** Exit codes by which {@link #job}'s command says that there is no such job, or not any more. */
  default Set<Integer> unknownJobExitCodes() {
    return Set.of();
  }

  /**
   * Whether {@link #job}'s command, ending with this exit code and writing this to standard error,
   * says that there is no such job.
   */
  default boolean isUnknownJob(int exitCode, String complaint) {
    return unknownJobExitCodes().contains(exitCode);
  }
}
