// @ts-check
import { element } from '../element.js';
import { placeLink } from '../link.js';
import { formatLoad, kindOf, memoryWords, ownersOf, usedWords } from '../model/node-map.js';
import { formatCount, UNKNOWN } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { placeOfQueue, placeOfUser } from '../model/who.js';
import { nameLinks } from './node-details.js';
/** @import {Node, Owners, Parameters} from '../model/node-map.js' */

const HEADS = Object.freeze([
  ['node', 'words'],
  ['state', 'words'],
  ['the scheduler says', 'words from-wide'],
  ['used', ''],
  ['free', ''],
  ['load', 'from-middle'],
  ['memory used', 'from-wide'],
  ['GPUs used', 'from-wide'],
  ['runs there', 'words from-middle'],
  ['queues', 'words from-wide'],
  ['why', 'words from-middle'],
]);

/**
 * The same as the map, in digits.
 *
 * @param {Node[]} nodes those of one page
 * @param {Owners} owners
 * @param {{parameters: Parameters, slot: string, people: import('../model/who.js').Logins}} where
 */
export function nodeTable(nodes, owners, { parameters, slot, people }) {
  const cluster = parameters.of ?? '';
  const lines = nodes.map((node) => {
    const contents = [
      [placeLink('nodes', { ...parameters, shape: null, page: null, node: node.nodeName }, printable(node.nodeName))],
      [kindOf(node.nodeState).word],
      [printable(node.nodeSubState ?? UNKNOWN)],
      [usedWords(node.usedSlots, node.slots)],
      [formatCount(node.freeSlots)],
      [formatLoad(node.loadAverage)],
      [memoryWords(node)],
      [node.gpus ? usedWords(node.usedGpus, node.gpus) : formatCount(node.gpus)],
      nameLinks(ownersOf(node, owners), (name) => placeOfUser(people, cluster, name)),
      nameLinks(node.queueNames, (name) => placeOfQueue(cluster, name)),
      [printable(node.reason ?? '')],
    ];
    const cells = contents.map((content, i) =>
      i === 0
        ? element('th', { scope: 'row', class: 'words' }, ...content)
        : element('td', { class: HEADS[i][1] || null, title: i === 10 ? printable(node.reason ?? '') : null }, ...content),
    );
    return element('tr', { 'data-node': node.nodeName }, ...cells);
  });
  const heads = HEADS.map(([text, className]) =>
    element('th', { scope: 'col', class: className || null }, text === 'used' || text === 'free' ? `${slot} ${text}` : text),
  );
  return element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...lines));
}
