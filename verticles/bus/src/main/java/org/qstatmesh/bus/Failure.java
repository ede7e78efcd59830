package org.qstatmesh.bus;

/**
 * What does not work, and what the person who must act can try.
 *
 * @param code which of the known failures
 * @param detail what was seen, one line, already free of control characters
 * @param sinceEpochMillis since when, by the server's clock
 * @param hint what to try, with this cluster's host, port, user and address filled in
 */
public record Failure(FailureCode code, String detail, long sinceEpochMillis, String hint) {

  /** A failure of {@code where}, its hint filled in and its detail made printable. */
  public static Failure of(
      FailureCode code, String detail, long sinceEpochMillis, ClusterConfig where) {
    return new Failure(code, Printable.escape(detail), sinceEpochMillis, code.hint(where));
  }

  /** The same failure, known since earlier. */
  public Failure since(long epochMillis) {
    return new Failure(code, detail, epochMillis, hint);
  }
}
