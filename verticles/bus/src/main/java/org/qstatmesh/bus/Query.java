package org.qstatmesh.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.Function;

/**
 * An address of the mesh bus that answers: one question type, one answer type. A question fails
 * with {@link QueryFailure} and never with anything else.
 *
 * @param <Q> type of the question
 * @param <A> type of the answer
 */
public final class Query<Q extends MeshMessage, A extends MeshMessage> {
  private final String address;
  private final Class<Q> question;
  private final Class<A> answer;
  private final boolean nodeLocal;

  Query(String address, Class<Q> question, Class<A> answer, boolean nodeLocal) {
    this.address = address;
    this.question = question;
    this.answer = answer;
    this.nodeLocal = nodeLocal;
  }

  /** The address, for logs and metrics. */
  public String address() {
    return address;
  }

  /**
   * Asks; the future runs on the calling context.
   *
   * @return the answer, or {@link QueryFailure}: 503 nobody serves this, 504 no answer within
   *     {@code timeout}, else the code the server chose
   */
  public Future<A> ask(Vertx vertx, Q body, Duration timeout) {
    DeliveryOptions options = options().setSendTimeout(timeout.toMillis());
    return vertx
        .eventBus()
        .<Object>request(address, body, options)
        .map(reply -> answer.cast(reply.body()))
        .recover(cause -> Future.failedFuture(QueryFailure.from(address, cause)));
  }

  /**
   * Answers every question with what {@code server} returns, on the calling context. A {@link
   * QueryFailure} reaches the asker as it is; any other failure becomes 500 and its text stays
   * here.
   */
  public Subscription serve(Vertx vertx, Function<Q, Future<A>> server) {
    MessageConsumer<Object> consumer =
        nodeLocal ? vertx.eventBus().localConsumer(address) : vertx.eventBus().consumer(address);
    consumer.handler(message -> answer(message, server));
    return new Subscription(consumer);
  }

  private void answer(Message<Object> message, Function<Q, Future<A>> server) {
    Future<A> result;
    try {
      result = server.apply(question.cast(message.body()));
    } catch (RuntimeException e) {
      result = Future.failedFuture(e);
    }
    result.onComplete(
        body -> message.reply(body, options()),
        cause -> {
          QueryFailure failure = QueryFailure.ofServer(address, cause);
          message.fail(failure.code(), failure.getMessage());
        });
  }

  private DeliveryOptions options() {
    return new DeliveryOptions().setCodecName(MeshCodec.NAME).setLocalOnly(nodeLocal);
  }

  @Override
  public String toString() {
    return address;
  }
}
