// @ts-check
/** What stands where nothing is known; never 0. */
export const UNKNOWN = '–';

const counts = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** @param {number | null | undefined} value @returns {string} with the visitor's thousands separators */
export function formatCount(value) {
  return typeof value === 'number' && Number.isFinite(value) ? counts.format(value) : UNKNOWN;
}

const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 });
const LONGEST = 100_000;

/** Where there is room for five digits only: "617.3K". @param {number} value */
export function formatShort(value) {
  return value < LONGEST ? formatCount(value) : short.format(value);
}

/** @param {number | null | undefined} value @param {string} one @param {string} many @returns {string} "1 job", "2 jobs" */
export function formatCounted(value, one, many) {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
