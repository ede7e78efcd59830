package org.qstatmesh.wire;

/**
 * A failure as a probe words it.
 *
 * @param code one of {@link ProbeErrorCode} by name; a foreign or newer probe may send another
 * @param message one line for the person who must act: what was tried, what came of it
 */
public record ProbeError(String code, String message) {

  /** An error with a code of this version. */
  public static ProbeError of(ProbeErrorCode code, String message) {
    return new ProbeError(code.name(), message);
  }
}
