package org.qstatmesh.tunnel;

import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;

/** A step towards a login node or through it did not work; says which code and why, in words. */
final class SshFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  SshFailure(FailureCode code, String detail) {
    this(code, detail, null);
  }

  SshFailure(FailureCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  FailureCode code() {
    return code;
  }

  /** The same failure, seen on the way through {@code jump}. */
  SshFailure atJump(String jump) {
    return new SshFailure(code, "jump host " + jump + ": " + getMessage(), this);
  }

  /** As a value of the bus. */
  Failure since(long epochMillis, ClusterConfig where) {
    return Failure.of(code, getMessage(), epochMillis, where);
  }
}
