// @ts-check
import { formatBytes } from './job-words.js';
import { formatCount, UNKNOWN } from './numbers.js';
import { printable } from './printable.js';

/**
 * @typedef {object} Node a host of the listing; what is not known is null
 * @property {string} nodeName
 * @property {string} nodeState
 * @property {string | null} nodeSubState the scheduler's own words
 * @property {number | null} slots
 * @property {number | null} usedSlots
 * @property {number | null} freeSlots
 * @property {number | null} gpus
 * @property {number | null} usedGpus
 * @property {number | null} memoryBytes
 * @property {number | null} usedMemoryBytes
 * @property {number | null} loadAverage
 * @property {string[]} queueNames
 * @property {string | null} reason
 *
 * @typedef {Record<string, string[]>} Owners node name to who runs there
 *
 * @typedef {Readonly<Record<string, string>>} Parameters `state`, `text`, `group`, `node`, `as` of the place
 *
 * @typedef {object} Group
 * @property {string} name in words
 * @property {Node[]} nodes
 */

/** In the order of the map: what works, then what does not. The letter tells them apart without colour. */
export const NODE_KINDS = Object.freeze([
  { state: 'FULL', name: 'full', word: 'full', letter: 'F' },
  { state: 'PARTIAL', name: 'partial', word: 'part-used', letter: 'P' },
  { state: 'FREE', name: 'free', word: 'free', letter: '–' },
  { state: 'DRAINING', name: 'draining', word: 'draining', letter: 'D' },
  { state: 'OFFLINE', name: 'offline', word: 'offline', letter: 'O' },
  { state: 'DOWN', name: 'down', word: 'down', letter: '✕' },
  { state: 'UNKNOWN', name: 'unknown', word: 'unknown', letter: '?' },
]);

const UNKNOWN_KIND = NODE_KINDS[NODE_KINDS.length - 1];

/** @param {string | null | undefined} state @returns {typeof NODE_KINDS[number]} */
export function kindOf(state) {
  return NODE_KINDS.find((kind) => kind.state === state?.toUpperCase()) ?? UNKNOWN_KIND;
}

/** @param {Parameters} parameters @returns {typeof NODE_KINDS[number] | null} the one state that is shown */
export function wantedKind({ state }) {
  return NODE_KINDS.find((kind) => kind.state === state?.toUpperCase()) ?? null;
}

/** The nodes that a text is found in: name, queues, who runs there, why it is out. @param {Node[]} nodes @param {Owners} owners @param {string | undefined} text */
export function withText(nodes, owners, text) {
  const wanted = text?.toLowerCase();
  if (!wanted) return nodes;
  const has = (/** @type {string | null} */ value) => value !== null && value.toLowerCase().includes(wanted);
  return nodes.filter((node) => has(node.nodeName) || has(node.reason) || node.queueNames.some(has) || ownersOf(node, owners).some(has));
}

/** @param {Node} node @param {Owners} owners @returns {string[]} */
export function ownersOf({ nodeName }, owners) {
  return Object.hasOwn(owners, nodeName) ? owners[nodeName] : [];
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** @param {Node[]} nodes @returns {Node[]} n2 before n10 */
export function sorted(nodes) {
  return nodes.slice().sort((a, b) => byNumber.compare(a.nodeName, b.nodeName));
}

/** @param {Node[]} nodes @returns {Record<string, number>} how many by state, with those of unknown states under UNKNOWN */
export function countsOf(nodes) {
  const counts = Object.fromEntries(NODE_KINDS.map(({ state }) => [state, 0]));
  for (const { nodeState } of nodes) counts[kindOf(nodeState).state] += 1;
  return counts;
}

/** @param {Node[]} nodes sorted @param {boolean} byQueue @returns {Group[]} none of them empty */
export function groupsOf(nodes, byQueue) {
  if (!byQueue) {
    return NODE_KINDS.map(({ state, word }) => ({ name: word, nodes: nodes.filter(({ nodeState }) => kindOf(nodeState).state === state) })).filter(
      (group) => group.nodes.length > 0,
    );
  }
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const node of nodes) {
    const name = node.queueNames.length > 0 ? node.queueNames.slice().sort(byNumber.compare).map(printable).join(', ') : 'no queue named';
    const group = groups.get(name) ?? { name, nodes: [] };
    groups.set(name, group);
    group.nodes.push(node);
  }
  return [...groups.values()].sort((a, b) => byNumber.compare(a.name, b.name));
}

/** @param {Node} node @returns {number | null} 0 to 1 */
export function usedPart({ slots, usedSlots }) {
  return slots && usedSlots !== null ? Math.min(1, usedSlots / slots) : null;
}

const loads = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** @param {number | null} load @returns {string} */
export function formatLoad(load) {
  if (typeof load !== 'number' || !Number.isFinite(load)) return UNKNOWN;
  return load < 9.95 ? loads.format(load) : formatCount(Math.round(load));
}

/** A fifth and one more than there are cores for, so that a node in order is not blamed. @param {Node} node */
export function isOverloaded({ loadAverage, slots }) {
  return loadAverage !== null && slots !== null && loadAverage > slots * 1.2 + 1;
}

/** One node in a sentence. @param {Node} node */
export function nodeSummary(node) {
  const load = node.loadAverage === null ? '' : `, load ${formatLoad(node.loadAverage)}`;
  return `${printable(node.nodeName)}: ${kindOf(node.nodeState).word}, ${usedWords(node.usedSlots, node.slots)} cores used${load}`;
}

/** @param {number | null} used @param {number | null} total @returns {string} "4 of 16" */
export function usedWords(used, total) {
  return `${formatCount(used)} of ${formatCount(total)}`;
}

/** @param {Node} node */
export function memoryWords({ usedMemoryBytes, memoryBytes }) {
  return memoryBytes === null ? UNKNOWN : `${formatBytes(usedMemoryBytes)} of ${formatBytes(memoryBytes)}`;
}

/** Where an arrow key leads among cells in lines of so many. @param {string} key @param {number} index @param {number} count @param {number} columns @returns {number | null} null for another key */
export function nextCell(key, index, count, columns) {
  const steps = new Map([
    ['ArrowLeft', -1],
    ['ArrowRight', 1],
    ['ArrowUp', -columns],
    ['ArrowDown', columns],
  ]);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps.get(key);
  if (step === undefined) return null;
  return Math.max(0, Math.min(count - 1, index + step));
}
