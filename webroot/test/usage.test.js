// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeringWords, freeNodes, gpusOf, notCountedWords, totalsOf, unattributedSlots } from '../js/model/capacity.js';
import { usageSummary } from '../js/model/summary.js';
import { lacksMeasure, partLabel, usageOf } from '../js/model/usage.js';
import { DEFAULT_VIEW, nextMeasure, offered } from '../js/model/view.js';
import { row, use } from './rows.js';

const users = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => use(`user${i}`, 100 - i));
const usage = (/** @type {any} */ user) => ({ user, group: [], account: [], queue: [] });
const parts = (/** @type {any} */ change, view = DEFAULT_VIEW) =>
  usageOf(row(change), view).parts.map((part) => [part.kind, partLabel(part), part.value]);

test('everybody, then what nobody holds', () => {
  assert.deepEqual(parts({}), [
    ['key', 'alice', 90],
    ['key', 'bob', 41],
    ['key', 'erin', 32],
    ['unattributed', 'not attributed', 50],
    ['unavailable', 'down or reserved', 46],
    ['free', 'free', 77],
  ]);
});

test('the parts make up the whole cluster', () => {
  assert.equal(
    usageOf(row(), DEFAULT_VIEW).parts.reduce((sum, { value }) => sum + value, 0),
    336,
  );
});

test('GPUs: who has them, and what is free; none where there are none', () => {
  const gpus = { ...DEFAULT_VIEW, measure: /** @type {const} */ ('gpus') };
  const user = [{ ...use('alice', 90), runningGpus: 6 }, use('bob', 41)];
  const withGpus = { gpus: { total: 16, used: 8 }, usage: usage(user) };
  assert.deepEqual(parts(withGpus, gpus), [
    ['key', 'alice', 6],
    ['unattributed', 'not attributed', 2],
    ['free', 'free', 8],
  ]);
  assert.deepEqual(gpusOf(row({ ...withGpus, gpus: { total: 16, used: 0 } }))?.free, 10, 'nodes that do not say what is used');
  assert.equal(usageSummary(row(withGpus), gpus, usageOf(row(withGpus), gpus)), '8 of 16 GPUs used; alice 6, not attributed 2, free 8');
  const none = row({ gpus: { total: 0, used: 0 } });
  assert.equal(lacksMeasure(none, gpus), true);
  assert.equal(lacksMeasure(row({ gpus: null }), gpus), false, 'not known is not none');
  assert.equal(usageSummary(none, gpus, usageOf(none, gpus)), 'no GPUs');
});

test('the key goes through all measures', () => {
  const after = (/** @type {any} */ measure) => nextMeasure({ ...DEFAULT_VIEW, measure });
  assert.deepEqual(['cores', 'jobs', 'gpus'].map(after), ['jobs', 'gpus', 'cores']);
});

test('of a moment of the past it is said that they answered', () => {
  assert.equal(answeringWords(6, 5, true), '5 of 6 clusters answered');
  assert.equal(answeringWords(6, 6, true), '6 clusters');
});

test('eight names, then others; a ninth alone keeps its name', () => {
  const names = (/** @type {number} */ count) =>
    parts({ usage: usage(users(count)) }).filter(([kind]) => kind === 'key' || kind === 'others');
  assert.equal(names(8).length, 8);
  assert.equal(names(9)[8][1], 'user8');
  assert.deepEqual(names(12)[8], ['others', '4 others', 92 + 91 + 90 + 89]);
});

test('largest first, whoever runs nothing is left out', () => {
  assert.deepEqual(
    parts({ usage: usage([use('a', 1), use('z', 7), use('b', 7), use('idle', 0)]) })
      .slice(0, 3)
      .map(([, label]) => label),
    ['b', 'z', 'a'],
  );
});

test('in jobs there is no free and nothing unattributed', () => {
  assert.deepEqual(
    parts({}, { ...DEFAULT_VIEW, measure: 'jobs' }).map(([kind]) => kind),
    ['key', 'key', 'key'],
  );
});

test('another dimension is another list', () => {
  assert.deepEqual(parts({}, { ...DEFAULT_VIEW, dimension: 'group' })[0], ['key', 'chem', 163]);
});

test('what is not known has no parts, and says so', () => {
  for (const nothing of [null, row({ usage: null })]) {
    const unknown = usageOf(nothing, DEFAULT_VIEW);
    assert.deepEqual(unknown, { parts: [], running: null });
    assert.equal(usageSummary(nothing, DEFAULT_VIEW, unknown), 'nothing is known about who uses it');
  }
});

test('the words for a picture', () => {
  assert.match(
    usageSummary(row(), DEFAULT_VIEW, usageOf(row(), DEFAULT_VIEW)),
    /^213 of 336 cores used; alice 90, bob 41, erin 32, not attributed 50/,
  );
});

test('not attributed is what nodes report beyond the jobs, never less than nothing', () => {
  assert.equal(unattributedSlots(row()), 50);
  assert.equal(unattributedSlots(row({ usage: usage([use('alice', 400)]) })), 0);
  assert.equal(unattributedSlots(row({ slots: null })), null);
});

test('free nodes of how many; not known is not none', () => {
  assert.deepEqual(freeNodes(row({ nodes: { total: 12, free: 0 } })), { free: 0, total: 12 });
  assert.equal(freeNodes(row({ nodes: null })), null);
});

test('how many are not in the sums', () => assert.deepEqual([0, 1, 12].map(notCountedWords), ['', '1 not counted', '12 not counted']));

test('what a silent cluster had free is not free', () => {
  const sums = totalsOf([
    { status: 'UP', row: row() },
    { status: 'DOWN', row: row() },
    { status: 'UNKNOWN', row: null },
    { status: 'UP', row: row({ slots: null, jobs: null }) },
  ]);
  assert.deepEqual(sums, { clusters: 4, answering: 2, freeSlots: 77, totalSlots: 336, runningJobs: 3, waitingJobs: 119 });
  assert.equal(answeringWords(4, 2), '2 of 4 clusters answer');
  assert.equal(answeringWords(1, 1), '1 cluster');
});

test('labs by their names; what is no lab\'s stands behind them and counts', () => {
  const lab = [use('', 300), use('chem', 90), use('bio', 41)];
  const view = { ...DEFAULT_VIEW, dimension: /** @type {const} */ ('lab') };
  const of = row({ usage: { user: [use('alice', 431)], lab } });
  const usage = usageOf(of, view, (key) => ({ chem: 'Chemistry', '': 'no lab' })[key] ?? key);
  assert.deepEqual(
    usage.parts.slice(0, 3).map((part) => [part.kind, partLabel(part), part.value]),
    [
      ['key', 'Chemistry', 90],
      ['key', 'bio', 41],
      ['none', 'no lab', 300],
    ],
  );
  assert.equal(usage.running, 431);
});

test('labs are offered where there are any, or where a link asks for them', () => {
  const values = (/** @type {boolean} */ labs, view = DEFAULT_VIEW) => offered('dimension', { labs }, view).map(({ value }) => value);
  assert.deepEqual(values(false), ['user', 'group', 'account', 'queue']);
  assert.deepEqual(values(true).at(-1), 'lab');
  assert.deepEqual(values(false, { ...DEFAULT_VIEW, dimension: 'lab' }).at(-1), 'lab');
});
