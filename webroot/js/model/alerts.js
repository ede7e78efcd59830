// @ts-check
import { formatCount, formatCounted } from './numbers.js';
import { place } from './place.js';
import { printable } from './printable.js';
import { failureWords, slotWord } from './words.js';
/** @import {Place} from './place.js' */
/** @import {Row} from './row.js' */
/** @import {Status} from './words.js' */

/**
 * What somebody wants to be told of. A `cluster` of null is any.
 *
 * @typedef {{kind: 'free', cluster: string | null, cores: number}} FreeRule
 * @typedef {{kind: 'outage', cluster: string | null}} OutageRule
 * @typedef {{kind: 'started'}} StartedRule my jobs
 * @typedef {FreeRule | OutageRule | StartedRule} Rule
 *
 * @typedef {object} Notice
 * @property {'free' | 'down' | 'back' | 'started'} kind
 * @property {string} tag the same news in another tab of this browser has the same
 * @property {string} words for textContent
 * @property {number} atMillis the server's clock
 * @property {Place} place what shows more of it
 */

export const MOST_RULES = 20;
export const MOST_NOTICES = 20;
const MOST_CORES = 100_000_000;
const LONGEST_ID = 100;

/** @param {unknown} text as it was remembered; anybody may have written there @returns {Rule[]} what can be read of it */
export function parseRules(text) {
  try {
    const rules = JSON.parse(String(text));
    return Array.isArray(rules) ? rules.slice(0, 10 * MOST_RULES).reduce((known, rule) => withRule(known, ruleOf(rule)), []) : [];
  } catch {
    return [];
  }
}

/** @param {any} rule @returns {Rule | null} null for what is none */
function ruleOf(rule) {
  const { kind, cores } = rule ?? {};
  const cluster = rule?.cluster ?? null;
  if (kind === 'started') return { kind };
  if (cluster !== null && (typeof cluster !== 'string' || cluster === '' || cluster.length > LONGEST_ID)) return null;
  if (kind === 'outage') return { kind, cluster };
  return kind === 'free' && Number.isInteger(cores) && cores >= 1 && cores <= MOST_CORES ? { kind, cluster, cores } : null;
}

/** @param {Rule[]} rules @param {Rule | null} rule @returns {Rule[]} with the rule at the end, unless it is there already or there are too many */
export function withRule(rules, rule) {
  if (rule === null || rules.length >= MOST_RULES || rules.some((known) => ruleKey(known) === ruleKey(rule))) return rules;
  return [...rules, rule];
}

/** @param {Rule} rule @returns {string} the same for the same rule */
export function ruleKey(rule) {
  return JSON.stringify([rule.kind, 'cluster' in rule ? rule.cluster : null, 'cores' in rule ? rule.cores : null]);
}

/** @param {Rule} rule @param {(cluster: string) => string} titleOf @param {string | null} me @returns {string} for textContent */
export function ruleWords(rule, titleOf, me) {
  if (rule.kind === 'started') return me === null ? 'a job of mine starts' : `a job of ${printable(me)} starts`;
  const where = rule.cluster === null ? 'any cluster' : printable(titleOf(rule.cluster));
  if (rule.kind === 'outage') return `${where} is down, or back`;
  return `${formatCounted(rule.cores, 'core is', 'cores are')} free on ${where}`;
}

/**
 * Whether a rule's condition holds on a cluster. Of a cluster that is silent or whose news is old nothing can be said.
 *
 * @param {FreeRule | OutageRule} rule
 * @param {Row | null} row
 * @param {Status} status
 * @returns {boolean | null}
 */
export function holds(rule, row, status) {
  if (rule.kind === 'outage') return status === 'DOWN' ? true : status === 'UP' ? false : null;
  const free = row?.slots?.free;
  return status === 'UP' && typeof free === 'number' ? free >= rule.cores : null;
}

/** The rules that look at rows: each tells once when its condition becomes true, and again only after it was false. */
export class Watch {
  /** @type {Map<string, boolean>} what was known last, by rule and cluster */
  #last = new Map();

  /** The next that is known of each cluster is where it begins anew, and no news. */
  reset() {
    this.#last.clear();
  }

  /**
   * A cluster has a new row.
   *
   * @param {readonly Rule[]} rules those not named any more are forgotten
   * @param {string} cluster
   * @param {{clusters: readonly string[], rowOf: (cluster: string) => Row | null, statusOf: (cluster: string) => Status, titleOf: (cluster: string) => string, now: number}} grid as it is now, not as it was
   * @returns {Notice[]}
   */
  see(rules, cluster, grid) {
    const watched = rules.filter((rule) => rule.kind !== 'started');
    const keys = new Set(watched.map(ruleKey));
    for (const known of this.#last.keys()) if (!keys.has(known.split('\n')[0])) this.#last.delete(known);
    return watched
      .filter((rule) => rule.cluster === null || rule.cluster === cluster)
      .flatMap((rule) => this.#edge(rule, cluster, grid) ?? []);
  }

  /** @param {FreeRule | OutageRule} rule @param {string} cluster @param {Parameters<Watch['see']>[2]} grid @returns {Notice | null} */
  #edge(rule, cluster, grid) {
    const { clusters, rowOf, statusOf } = grid;
    const truth = holds(rule, rowOf(cluster), statusOf(cluster));
    if (truth === null) return null;
    const key = `${ruleKey(rule)}\n${cluster}`;
    const before = this.#last.get(key);
    this.#last.set(key, truth);
    if (before === undefined || before === truth) return null;
    if (rule.kind === 'outage') return outageNotice(truth, cluster, grid);
    // Free somewhere else, it was free on "any" already.
    const elsewhere = rule.cluster === null && clusters.some((other) => other !== cluster && holds(rule, rowOf(other), statusOf(other)) === true);
    return truth && !elsewhere ? freeNotice(rule, cluster, grid) : null;
  }
}

/** @param {FreeRule} rule @param {string} cluster @param {Parameters<Watch['see']>[2]} grid @returns {Notice} */
function freeNotice(rule, cluster, { rowOf, titleOf, now }) {
  const row = rowOf(cluster);
  const slot = slotWord(row?.drms);
  const words = `${formatCounted(row?.slots?.free, `${slot.slice(0, -1)} is`, `${slot} are`)} free on ${printable(titleOf(cluster))}`;
  return { kind: 'free', tag: `${ruleKey(rule)} ${cluster} ${row?.observedAtEpochMillis}`, words, atMillis: now, place: place('nodes', { of: cluster }) };
}

/** @param {boolean} down @param {string} cluster @param {Parameters<Watch['see']>[2]} grid @returns {Notice} */
function outageNotice(down, cluster, { rowOf, titleOf, now }) {
  const row = rowOf(cluster);
  const failure = row?.failure;
  const name = printable(titleOf(cluster));
  const words = down ? `${name} is down${failure ? `: ${failureWords(failure).words}` : ''}` : `${name} answers again`;
  return { kind: down ? 'down' : 'back', tag: `outage ${cluster} ${down ? failure?.sinceEpochMillis : row?.observedAtEpochMillis}`, words, atMillis: now, place: place('changes', { of: cluster }) };
}

/** @param {import('./row.js').KeyUsage[] | null | undefined} users @param {string} who @returns {{running: number, numbers: string} | null} null where nothing is known */
export function numbersOf(users, who) {
  if (!users) return null;
  const use = users.find(({ key }) => key === who);
  const numbers = [use?.runningJobs, use?.runningSlots, use?.runningGpus, use?.queuedJobs, use?.queuedSlots, use?.heldJobs];
  return { running: use?.runningJobs ?? 0, numbers: numbers.map((number) => number ?? 0).join(' ') };
}

/** @param {number} free @param {FreeRule} rule @param {string} title @returns {string} that a rule's condition holds already */
export const alreadyWords = (free, { cores }, title) =>
  `so now: ${formatCount(free)} on ${printable(title)}; you are told when there were fewer than ${formatCount(cores)} and are enough again`;
