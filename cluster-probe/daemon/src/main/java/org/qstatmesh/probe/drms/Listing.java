package org.qstatmesh.probe.drms;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One command and the parser of its output.
 *
 * @param collector {@code jobs}, {@code nodes}, {@code queues}, {@code server} or {@code job};
 *     where another command adds to the jobs or nodes, {@code jobDetails}, {@code jobReasons} or
 *     {@code nodeDetails}
 * @param argv name of the command and its arguments; the runner finds the absolute path
 * @param environment variables that the command gets besides the usual ones
 * @param goodExitCodes exit codes besides 0 under which the output is whole, each for a documented
 *     reason
 * @param parser turns the output into {@code T}
 * @param gaveUpWords what the command writes to standard error when it stopped waiting for the
 *     server by itself; with any of it in there a failure is a timeout
 * @param older how to ask a version that does not know the command's options; null for no other way
 * @param <T> what is listed
 */
public record Listing<T>(
    String collector,
    List<String> argv,
    Map<String, String> environment,
    Set<Integer> goodExitCodes,
    ListingParser<T> parser,
    Set<String> gaveUpWords,
    Listing<T> older) {
  /** Copies the collections. */
  public Listing {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    goodExitCodes = Set.copyOf(goodExitCodes);
    gaveUpWords = Set.copyOf(gaveUpWords);
  }

  /** A listing whose command waits for its server as long as it takes. */
  public Listing(
      String collector,
      List<String> argv,
      Map<String, String> environment,
      Set<Integer> goodExitCodes,
      ListingParser<T> parser) {
    this(collector, argv, environment, goodExitCodes, parser, Set.of());
  }

  /** A listing that can be asked for in one way only. */
  public Listing(
      String collector,
      List<String> argv,
      Map<String, String> environment,
      Set<Integer> goodExitCodes,
      ListingParser<T> parser,
      Set<String> gaveUpWords) {
    this(collector, argv, environment, goodExitCodes, parser, gaveUpWords, null);
  }

  /** The same, whose command needs no variables of its own. */
  public Listing(
      String collector, List<String> argv, Set<Integer> goodExitCodes, ListingParser<T> parser) {
    this(collector, argv, Map.of(), goodExitCodes, parser);
  }

  /** This, and where it is refused {@code other}, which lists the same. */
  public Listing<T> orElse(Listing<T> other) {
    return new Listing<>(collector, argv, environment, goodExitCodes, parser, gaveUpWords, other);
  }
}
