// @ts-check
const USUAL_SECONDS = 20;
const FEWEST_SECONDS = 3;
const MOST_SECONDS = 600;

/** @param {URLSearchParams} asked @returns {number} how long a page of rows stays, milliseconds */
export function pageMillis(asked) {
  const seconds = Number(asked.get('seconds') || USUAL_SECONDS);
  return 1000 * (Number.isFinite(seconds) ? Math.max(FEWEST_SECONDS, Math.min(MOST_SECONDS, seconds)) : USUAL_SECONDS);
}

/**
 * Which rows a wall screen shows: as many as fit, and all of them in turn.
 *
 * @param {number} turn counts on
 * @param {number[]} heights of all rows
 * @param {number} room for them; a row that is higher than it has it alone
 * @returns {{page: number, pages: number, from: number, to: number}} `page` counts from 1; rows `from` to before `to`
 */
export function pageOf(turn, heights, room) {
  const starts = [0];
  let used = 0;
  heights.forEach((height, i) => {
    if (used + height > room && i > starts[starts.length - 1]) {
      starts.push(i);
      used = 0;
    }
    used += height;
  });
  const index = turn % starts.length;
  return { page: index + 1, pages: starts.length, from: starts[index], to: starts[index + 1] ?? heights.length };
}
