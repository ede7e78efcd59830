// @ts-check
// C0 and C1 controls, bidirectional overrides, line separators and joiners without width.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Strings of a cluster were chosen by some user of it: what would not be seen, or would turn the line around, is written out. The
 * pictures that Unicode has for controls are not used, for many fonts lack them; the server's logs write them the same way.
 *
 * @param {unknown} text
 * @returns {string} for textContent; never for markup
 */
export function printable(text) {
  return String(text ?? '').replace(HIDDEN, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
