// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find } from '../js/model/finding.js';
import { People } from '../js/model/people.js';
import { isStep, place } from '../js/model/place.js';
import { row, use } from './rows.js';

const queue = (/** @type {string} */ queueName) => ({
  queueName,
  enabled: true,
  started: true,
  runningJobs: 0,
  queuedJobs: 0,
  wallclockLimitSeconds: null,
  slotsLimit: null,
});
const rows = new Map([
  ['hpc1', row({ usage: { user: [use('alice', 24), use('malik', 200)], group: [use('alchemy', 9)] }, queues: [queue('all')] })],
  ['hpc2', row({ usage: { user: [use('alice', 8)], group: null }, queues: [queue('all'), queue('gpu')] })],
]);
const clusters = [
  { cluster: 'hpc1', title: 'Alpine' },
  { cluster: 'hpc2', title: 'Birch' },
  { cluster: 'hpc3', title: 'Cedar' },
];
const people = new People({ persons: [{ id: 'u77', title: 'Al Gore' }] });
const search = (/** @type {string} */ text) => find(text, clusters, (id) => rows.get(id) ?? null, people);

test('those that begin with the text come first, then the larger ones', () => {
  assert.deepEqual(
    search(' AL').map(({ kind, key }) => `${kind} ${key}`),
    ['cluster hpc1', 'person alice', 'group alchemy', 'person u77', 'queue all', 'person malik'],
  );
});

test('one line for a name, with all the clusters where it is', () => {
  const [alice] = search('alice');
  assert.deepEqual([alice.clusters.map(({ cluster }) => cluster), alice.cores], [['hpc1', 'hpc2'], 32]);
  assert.deepEqual(search('all')[0].clusters.length, 2);
});

test('nothing is found of nothing', () => {
  assert.deepEqual([search(''), search('  '), search('nobody at all')], [[], [], []]);
});

test('a page more is a step, a letter more is none', () => {
  assert.equal(isStep(place('find', { text: 'a' }), place('find', { text: 'al' })), false);
  assert.equal(isStep(place('find', { text: 'a' }), place('person', { who: 'alice' })), true);
  assert.equal(isStep(place('queues', { of: 'hpc1' }), place('queues', { of: 'hpc2' })), true);
  assert.equal(isStep(null, place('find')), true);
  assert.equal(isStep(null, null), false);
});
