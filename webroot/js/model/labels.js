// @ts-check
/**
 * Moves labels apart so that none covers another, each as little as it can be.
 *
 * @param {number[]} wanted where each would be best, pixels
 * @param {number} apart least distance, pixels
 * @param {number} low least place allowed
 * @param {number} high greatest place allowed; the last ones are left out where there is no room
 * @returns {(number | null)[]} in the order of `wanted`; null for what has no place
 */
export function keepApart(wanted, apart, low, high) {
  const room = Math.max(0, Math.floor((high - low) / apart) + 1);
  const order = wanted
    .map((y, i) => ({ y, i }))
    .slice(0, room)
    .sort((a, b) => a.y - b.y);
  let least = low;
  for (const place of order) {
    place.y = Math.max(place.y, least);
    least = place.y + apart;
  }
  let most = high;
  for (const place of order.reverse()) {
    place.y = Math.min(place.y, most);
    most = place.y - apart;
  }
  /** @type {(number | null)[]} */
  const places = new Array(wanted.length).fill(null);
  for (const { y, i } of order) places[i] = y;
  return places;
}
