// @ts-check
/** @param {string | null} text of a link, "2026-11-22T14:03:00Z" @returns {number | null} epoch milliseconds; null for none, or one that cannot be read */
export function parseMoment(text) {
  // Whatever has no zone would be another moment for each reader.
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text)) return null;
  const millis = Date.parse(text);
  return Number.isFinite(millis) && millis >= 0 ? millis : null;
}

/** @param {number} millis @returns {string} what {@link parseMoment} reads, to the second */
export function formatMomentLink(millis) {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`;
}
