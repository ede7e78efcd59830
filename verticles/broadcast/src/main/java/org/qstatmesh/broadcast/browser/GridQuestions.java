package org.qstatmesh.broadcast.browser;

import io.vertx.core.Future;

/** Who answers browsers' questions. */
public interface GridQuestions {
  /**
   * Answers with UTF-8 JSON, with CSV for {@link GridQuestion.AsTable}, or fails with {@link
   * org.qstatmesh.bus.QueryFailure}; never blocks, may complete on any thread.
   */
  Future<byte[]> answer(GridQuestion question);
}
