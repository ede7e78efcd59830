// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, formatLoad, groupsOf, isOverloaded, memoryWords, nextCell, nodeSummary, ownersOf, sorted, usedPart, withText } from '../js/model/node-map.js';
/** @import {Node} from '../js/model/node-map.js' */

/** @param {string} nodeName @param {Partial<Node>} [change] @returns {Node} */
function node(nodeName, change = {}) {
  return {
    nodeName,
    nodeState: 'PARTIAL',
    nodeSubState: 'free',
    slots: 16,
    usedSlots: 4,
    freeSlots: 12,
    gpus: 0,
    usedGpus: 0,
    memoryBytes: null,
    usedMemoryBytes: null,
    loadAverage: 4.02,
    queueNames: ['batch'],
    reason: null,
    ...change,
  };
}

test('nodes stand in the order people count in', () => {
  assert.deepEqual(
    sorted([node('n10'), node('n2'), node('n1')]).map(({ nodeName }) => nodeName),
    ['n1', 'n2', 'n10'],
  );
});

test('groups by state: what works first, none of them empty, no node lost', () => {
  const nodes = [node('a', { nodeState: 'DOWN' }), node('b'), node('c', { nodeState: 'FREE' }), node('d', { nodeState: 'constructor' })];
  assert.deepEqual(
    groupsOf(nodes, false).map(({ name, nodes: own }) => [name, own.map(({ nodeName }) => nodeName).join()]),
    [
      ['part-used', 'b'],
      ['free', 'c'],
      ['down', 'a'],
      ['unknown', 'd'],
    ],
  );
  assert.deepEqual([countsOf(nodes).UNKNOWN, countsOf(nodes).FULL], [1, 0]);
});

test('groups by queue: a node of two queues stands once, under both', () => {
  const nodes = [node('a', { queueNames: ['long', 'batch'] }), node('b'), node('c', { queueNames: [] }), node('d', { queueNames: ['batch', 'long'] })];
  assert.deepEqual(
    groupsOf(nodes, true).map(({ name, nodes: own }) => [name, own.length]),
    [
      ['batch', 1],
      ['batch, long', 2],
      ['no queue named', 1],
    ],
  );
});

test('a text is found in name, queue, user and reason', () => {
  const nodes = [node('cn1', { reason: 'PSU broken' }), node('cn2', { queueNames: ['gpu'] }), node('__proto__')];
  const owners = { cn2: ['alice'] };
  const found = (/** @type {string} */ text) => withText(nodes, owners, text).map(({ nodeName }) => nodeName).join();
  assert.deepEqual([found('CN1'), found('psu'), found('GPU'), found('ali'), found('zzz')], ['cn1', 'cn1', 'cn2', 'cn2', '']);
  assert.equal(found(''), 'cn1,cn2,__proto__');
  assert.deepEqual(ownersOf(nodes[2], owners), []);
});

test('unknown is not zero', () => {
  const unknown = node('n', { slots: null, usedSlots: null, loadAverage: null });
  assert.equal(usedPart(unknown), null);
  assert.equal(nodeSummary(unknown), 'n: part-used, – of – cores used');
  assert.equal(nodeSummary(node('n\u202e')), 'n\\u202e: part-used, 4 of 16 cores used, load 4.0');
  assert.deepEqual([formatLoad(null), formatLoad(0), formatLoad(128.4), memoryWords(unknown)], ['–', '0.0', '128', '–']);
  assert.deepEqual([isOverloaded(unknown), isOverloaded(node('n', { loadAverage: 20 })), isOverloaded(node('n', { loadAverage: 40 }))], [false, false, true]);
  assert.equal(usedPart(node('n', { usedSlots: 32 })), 1);
});

test('arrows lead to the cell beside, above and below, and stay on the map', () => {
  const next = (/** @type {string} */ key, /** @type {number} */ index) => nextCell(key, index, 10, 4);
  assert.deepEqual([next('ArrowRight', 3), next('ArrowDown', 3), next('ArrowUp', 5), next('ArrowLeft', 5)], [4, 7, 1, 4]);
  assert.deepEqual([next('ArrowLeft', 0), next('ArrowDown', 8), next('Home', 7), next('End', 0), next('x', 4)], [0, 9, 0, 9, null]);
});
