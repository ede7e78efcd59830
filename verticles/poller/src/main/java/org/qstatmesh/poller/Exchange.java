package org.qstatmesh.poller;

import io.vertx.core.Promise;
import java.util.function.Function;
import org.qstatmesh.wire.ProbeRequest;

/** One question of a {@link ProbeLink} and what becomes of it. Event loop only. */
final class Exchange {
  /** Makes the request that carries this id. */
  final Function<String, ProbeRequest> question;

  final Promise<Answer> answer = Promise.promise();
  String id;
  long startedNanos;
  long deadlineStartedNanos;

  /** Of the deadline; -1 before it runs. */
  long timer = -1;

  boolean sentAgain;

  /** A reply is being read. */
  boolean replied;

  /** Its deadline has passed; only the reason is still looked for. */
  boolean silent;

  Exchange(Function<String, ProbeRequest> question) {
    this.question = question;
  }
}
