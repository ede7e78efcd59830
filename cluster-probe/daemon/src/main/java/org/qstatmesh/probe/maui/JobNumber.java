package org.qstatmesh.probe.maui;

/** A job's id as Maui has it: {@code 51[7]} of {@code 51[7].login1.cluster.example}. */
final class JobNumber {
  private JobNumber() {}

  /** What is before the server's name. */
  static String of(String jobId) {
    int dot = jobId.indexOf('.');
    return dot < 0 ? jobId : jobId.substring(0, dot);
  }
}
