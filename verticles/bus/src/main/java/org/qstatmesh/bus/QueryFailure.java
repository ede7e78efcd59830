package org.qstatmesh.bus;

import io.vertx.core.eventbus.ReplyException;
import java.io.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a question was not answered; the code is what the browser's error frame carries as {@code
 * failureCode}.
 */
public final class QueryFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(QueryFailure.class);

  /** The question is wrong; the message names the field. */
  public static final int BAD_QUERY = 400;

  /** There is no such cluster or job. */
  public static final int NOT_FOUND = 404;

  /** The answer would be too large. */
  public static final int TOO_LARGE = 413;

  /** The server failed; its log says how. */
  public static final int INTERNAL = 500;

  /** Nobody serves this now. */
  public static final int UNAVAILABLE = 503;

  /** No answer in time. */
  public static final int TIMEOUT = 504;

  private final int code;

  /** A refusal with one of the codes of this class and one line for the person who asked. */
  public QueryFailure(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The code. */
  public int code() {
    return code;
  }

  /** {@link #BAD_QUERY} that names the field. */
  public static QueryFailure badField(String field, String why) {
    return new QueryFailure(BAD_QUERY, field + ": " + why);
  }

  static QueryFailure from(String address, Throwable cause) {
    if (cause instanceof ReplyException reply) {
      return switch (reply.failureType()) {
        case NO_HANDLERS -> new QueryFailure(UNAVAILABLE, "nobody serves " + address);
        case TIMEOUT -> new QueryFailure(TIMEOUT, "no answer in time from " + address);
        case RECIPIENT_FAILURE -> new QueryFailure(reply.failureCode(), reply.getMessage());
        case ERROR -> new QueryFailure(INTERNAL, "the bus failed at " + address);
      };
    }
    LOG.error("asking {} failed", address, cause);
    return new QueryFailure(INTERNAL, "asking " + address + " failed");
  }

  static QueryFailure ofServer(String address, Throwable cause) {
    if (cause instanceof QueryFailure failure) {
      return failure;
    }
    LOG.error("serving {} failed", address, cause);
    return new QueryFailure(INTERNAL, "serving " + address + " failed");
  }
}
