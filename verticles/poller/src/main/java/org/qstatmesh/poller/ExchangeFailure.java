package org.qstatmesh.poller;

import java.io.Serial;
import org.qstatmesh.bus.FailureCode;

/** Why a question to a probe has no answer. */
final class ExchangeFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final FailureCode code;

  ExchangeFailure(FailureCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  FailureCode code() {
    return code;
  }
}
