package org.qstatmesh.poller;

import io.vertx.core.Future;

/** The way to one cluster's probe. Event loop only; failures are {@link ExchangeFailure}s. */
interface ProbeRoute {
  /**
   * Where to connect now.
   *
   * @param open the endpoint that a socket is connected to already; null for none
   */
  Future<String> endpoint(String open);

  /** Why a probe that was asked at {@code endpoint} did not answer in time. */
  Future<ExchangeFailure> explainSilence(String endpoint);
}
