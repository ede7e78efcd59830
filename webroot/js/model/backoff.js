// @ts-check
const FIRST_MILLIS = 400;
const LONGEST_MILLIS = 4000;

/**
 * How long to wait before the next attempt to connect. It doubles up to four seconds, so that a page is right again within five
 * seconds of the server's return; half of it is chance, so that many pages do not come back at once.
 *
 * @param {number} attempt 0 for the first attempt after a loss
 * @param {() => number} random uniform in [0, 1)
 * @returns {number} milliseconds
 */
export function backoffMillis(attempt, random) {
  const ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** Math.min(attempt, 16));
  return ceiling / 2 + (random() * ceiling) / 2;
}
