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
 * Who has which colour. A newcomer gets the hue of its hash, or the next one free, and keeps it. When there are more people than
 * colours, those who never stood in one chart may share; should they meet in one later, the smaller part moves to a colour that
 * nobody beside it has, and stays there.
 */
export class ColourBook {
  /** @type {Map<string, number>} */
  #slots = new Map();
  /** @type {Map<string, Set<string>>} who has stood beside whom since the page was opened */
  #neighbours = new Map();
  /** How often a name moved to another colour. */
  moves = 0;
  /** @type {string | null} who looks: she has a colour that nobody else has, on every page */
  me = null;

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
    for (const chart of charts) this.#introduce(chart);
    const strangers = charts.flatMap((chart) => {
      const sum = chart.reduce((total, { value }) => total + value, 0) || 1;
      return chart.filter(({ key }) => !this.#slots.has(key)).map(({ key, value }) => ({ key, share: value / sum }));
    });
    strangers.sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1));
    const uses = this.#uses(strangers.map(({ key }) => key));
    for (const { key } of strangers) {
      if (this.#slots.has(key)) continue;
      const slot = this.#choose(key, uses);
      this.#slots.set(key, slot);
      uses[slot] += 1;
    }
    for (const chart of charts) this.#part(chart, uses);
    for (const oldest of this.#slots.keys()) {
      if (this.#slots.size <= REMEMBERED) break;
      this.#slots.delete(oldest);
      this.#neighbours.delete(oldest);
    }
    return strangers.length > 0;
  }

  /** @param {{key: string}[]} chart @returns {boolean} whether all in it have a colour, each its own where there are enough */
  knows(chart) {
    const slots = chart.map(({ key }) => this.#slots.get(key));
    return !slots.includes(undefined) && (chart.length > SLOTS || new Set(slots).size === chart.length);
  }

  /** @param {string} name @returns {number} 0 to 9 a plain hue, 10 to 19 the same hues with a pattern */
  slot(name) {
    return this.#slots.get(name) ?? hash(name) % HUES;
  }

  /** Another one means that somebody may have another colour. */
  get version() {
    return `${this.moves} ${this.me}`;
  }

  /** @param {string} name @returns {string} the class that css/colours.css has the colour for */
  classOf(name) {
    return name === this.me ? 'slot-me' : `slot-${this.slot(name)}`;
  }

  /** @returns {[string, number][]} to be remembered */
  entries() {
    return [...this.#slots];
  }

  /** @param {{key: string}[]} chart */
  #introduce(chart) {
    // Beyond that nobody can be told apart by colour anyway.
    const visible = chart.slice(0, 2 * SLOTS);
    for (const { key } of visible) {
      const beside = this.#neighbours.get(key) ?? new Set();
      for (const other of visible) if (other.key !== key) beside.add(other.key);
      this.#neighbours.set(key, beside);
    }
  }

  /** @param {string[]} strangers @returns {number[]} how often each slot is taken, and what else speaks against it */
  #uses(strangers) {
    const crowded = new Set([...this.#slots.keys(), ...strangers]).size > SLOTS;
    const uses = Array.from({ length: SLOTS }, (_, slot) => (crowded && slot >= HUES ? PATTERN_COST : 0));
    for (const slot of this.#slots.values()) uses[slot] += 1;
    return uses;
  }

  /** Those who met in one chart with one colour: all but the largest move, if there is a colour for them. @param {{key: string, value: number}[]} chart @param {number[]} uses */
  #part(chart, uses) {
    const taken = new Set();
    for (const { key } of chart.slice().sort((a, b) => b.value - a.value)) {
      const slot = this.slot(key);
      if (taken.has(slot)) {
        const free = this.#choose(key, uses);
        if (![...(this.#neighbours.get(key) ?? [])].some((other) => this.#slots.get(other) === free)) {
          uses[slot] -= 1;
          uses[free] += 1;
          this.#slots.set(key, free);
          this.moves += 1;
        }
      }
      taken.add(this.slot(key));
    }
  }

  /** @param {string} name @param {number[]} uses how often each slot is taken */
  #choose(name, uses) {
    const cost = uses.slice();
    for (const key of this.#neighbours.get(name) ?? []) {
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
