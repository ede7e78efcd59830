// @ts-check
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (/** @type {number} */ value) => String(value).padStart(2, '0');

/**
 * As schedulers write it: "HH:MM:SS", above a day "D-HH:MM:SS".
 *
 * @param {number | null | undefined} seconds
 * @returns {string} "–" where it is not known
 */
export function formatDuration(seconds) {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / DAY);
  const time = [Math.floor((whole % DAY) / HOUR), Math.floor((whole % HOUR) / MINUTE), whole % MINUTE].map(two).join(':');
  return days > 0 ? `${days}-${time}` : time;
}
