// @ts-check
/** What makes a spreadsheet take a cell for a formula, also in full width. */
const FORMULA = /(^|;)(?=[=+\-@＝＋－＠])/g;
/** Controls, what is not seen or turns the line around, halves of characters, lines' ends. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** @param {string} text @returns {string} */
function plain(text) {
  return text.replace(UNSAFE, (hidden) => [...Array(hidden.length).keys()].map((i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));
}

/**
 * A field of RFC 4180 that no spreadsheet calculates, also not one that begins a new cell at each semicolon; the same rule as the
 * server's, for the same tables.
 *
 * @param {string} text that somebody chose
 */
export function csvField(text) {
  const safe = plain(text.replace(FORMULA, "$1'"));
  return /[,"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {string} text @returns {string} that a file system takes */
export function fileWord(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'x';
}
