package org.qstatmesh.broadcast.browser.rest;

/**
 * Bounds towards programs; they are apart from those of the page, so that no script keeps people
 * waiting.
 *
 * @param questionsAtWork questions at work, of all connections; the next is answered 429
 * @param answerBytes longest answer; a longer one becomes 413
 * @param unreadBytes bytes of answers that connections did not take yet, of all; the next becomes
 *     503
 */
public record RestLimits(int questionsAtWork, int answerBytes, long unreadBytes) {

  /** What is in force when nobody says otherwise. */
  public static final RestLimits DEFAULT =
      new RestLimits(16, 4 * 1_024 * 1_024, 32L * 1_024 * 1_024);
}
