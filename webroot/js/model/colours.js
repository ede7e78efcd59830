// @ts-check
/** Ten hues that colour-blind people tell apart; the second ten are the same hues with a pattern. */
export const HUES = 10;
const SLOTS = 2 * HUES;
const REMEMBERED = 5000;
/** With more people than colours, a hue is shared by so many who do not stand beside each other before a pattern is used. */
const PATTERN_COST = 2;

/** FNV-1a over UTF-16 units: the same name has the same hue in every browser. @param {string} name */
function hash(name) {
  let value = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

/**
 * Who has which colour. A name keeps its slot for good; a newcomer gets the hue of its hash, or the next one free. When there are
 * more people than colours, those who stand in one chart still differ, and others share.
 */
export class ColourBook {
  /** @type {Map<string, number>} */
  #slots = new Map();

  /** @param {unknown} [remembered] pairs that {@link ColourBook#entries} gave earlier; anything else is ignored */
  constructor(remembered) {
    if (!Array.isArray(remembered)) return;
    for (const pair of remembered) {
      if (Array.isArray(pair) && typeof pair[0] === 'string' && Number.isInteger(pair[1]) && pair[1] >= 0 && pair[1] < SLOTS) {
        this.#slots.set(pair[0], pair[1]);
      }
    }
  }

  /**
   * Gives every name a colour, first those with the largest part of their chart.
   *
   * @param {{key: string, value: number}[][]} charts who stands beside whom
   * @returns {boolean} whether a name was new
   */
  meet(charts) {
    const strangers = charts.flatMap((chart) => {
      const sum = chart.reduce((total, { value }) => total + value, 0) || 1;
      return chart.filter(({ key }) => !this.#slots.has(key)).map(({ key, value }) => ({ key, share: value / sum, chart }));
    });
    strangers.sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1));
    const crowded = new Set([...this.#slots.keys(), ...strangers.map(({ key }) => key)]).size > SLOTS;
    const uses = Array.from({ length: SLOTS }, (_, slot) => (crowded && slot >= HUES ? PATTERN_COST : 0));
    for (const slot of this.#slots.values()) uses[slot] += 1;
    for (const { key, chart } of strangers) {
      if (this.#slots.has(key)) continue;
      const slot = this.#choose(key, chart, uses);
      this.#slots.set(key, slot);
      uses[slot] += 1;
    }
    for (const oldest of this.#slots.keys()) {
      if (this.#slots.size <= REMEMBERED) break;
      this.#slots.delete(oldest);
    }
    return strangers.length > 0;
  }

  /** @param {{key: string}[]} chart @returns {boolean} whether all in it have their colour */
  knows(chart) {
    return chart.every(({ key }) => this.#slots.has(key));
  }

  /** @param {string} name @returns {number} 0 to 9 a plain hue, 10 to 19 the same hues with a pattern */
  slot(name) {
    return this.#slots.get(name) ?? hash(name) % HUES;
  }

  /** @returns {[string, number][]} to be remembered */
  entries() {
    return [...this.#slots];
  }

  /** @param {string} name @param {{key: string}[]} neighbours @param {number[]} uses how often each slot is taken */
  #choose(name, neighbours, uses) {
    const cost = uses.slice();
    for (const { key } of neighbours) {
      const slot = this.#slots.get(key);
      if (slot !== undefined) cost[slot] += REMEMBERED;
    }
    const first = hash(name) % HUES;
    let best = first;
    for (let step = 0; step < SLOTS; step++) {
      const slot = (step < HUES ? 0 : HUES) + ((first + step) % HUES);
      if (cost[slot] < cost[best]) best = slot;
    }
    return best;
  }
}
