// @ts-check
import { element } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatLoad, isOverloaded, kindOf, memoryWords, ownersOf, usedWords } from '../model/node-map.js';
import { formatCount, UNKNOWN } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { placeOfQueue, placeOfUser } from '../model/who.js';
/** @import {Place} from '../model/place.js' */
/** @import {Node, Owners} from '../model/node-map.js' */

/** More names would push the rest out of sight. */
const NAMES = 30;

/**
 * One node in full.
 *
 * @param {HTMLElement} container
 * @param {Node | null} node
 * @param {Owners} owners
 * @param {{cluster: string, slot: string, people: import('../model/who.js').Logins}} where
 */
export function showNode(container, node, owners, { cluster, slot, people }) {
  if (!node) {
    const meaning = `Each cell is a node: the letter is its state, the filling its ${slot} in use, the number its load.`;
    const way = 'Click one to see who runs there, or reach it with Tab and move with the arrow keys.';
    exchange(
      container,
      [meaning, way].map((words) => element('p', { class: 'place-age' }, words)),
    );
    return;
  }
  const { word, letter } = kindOf(node.nodeState);
  const own = node.nodeSubState ? `${word} (the scheduler says ${printable(node.nodeSubState)})` : word;
  const busy = isOverloaded(node) ? `${formatLoad(node.loadAverage)}, more than its ${slot} can do` : formatLoad(node.loadAverage);
  const facts = [
    line('state', 'node-state', [`${letter} ${own}`]),
    line(`${slot} used`, 'node-slots', [usedWords(node.usedSlots, node.slots)]),
    line(`${slot} free`, 'node-free', [formatCount(node.freeSlots)]),
    line('load', 'node-load', [busy]),
    line('memory used', 'node-memory', [memoryWords(node)]),
    line('GPUs used', 'node-gpus', [node.gpus ? usedWords(node.usedGpus, node.gpus) : formatCount(node.gpus)]),
    line('runs there', 'node-owners', nameLinks(ownersOf(node, owners), (name) => placeOfUser(people, cluster, name))),
    line('queues', 'node-queues', nameLinks(node.queueNames, (name) => placeOfQueue(cluster, name))),
  ];
  if (node.reason) facts.push(line('why', 'node-reason', [printable(node.reason)]));
  exchange(container, [element('h3', {}, printable(node.nodeName)), element('dl', { class: 'node-facts' }, ...facts)]);
}

/** @param {string} name @param {string} field @param {(Node | string)[]} content */
function line(name, field, content) {
  return element('div', { class: 'fact' }, element('dt', {}, name), element('dd', { 'data-field': field }, .../** @type {any[]} */ (content)));
}

/** @param {string[]} names @param {(name: string) => Place} placeOf @returns {any[]} */
export function nameLinks(names, placeOf) {
  if (names.length === 0) return [UNKNOWN];
  const links = names.slice(0, NAMES).flatMap((name, i) => {
    const { name: place, parameters } = placeOf(name);
    return [i > 0 ? ' ' : '', placeLink(place, parameters, printable(name))];
  });
  return names.length > NAMES ? [...links, ` and ${formatCount(names.length - NAMES)} more`] : links;
}
