// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { DEFAULT_VIEW } from '../js/model/view.js';
import { EVENTS, Store } from '../js/store.js';
import { row } from './rows.js';

/** @type {Store} */ let store;
/** @type {string[]} */ let events;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  store = new Store(DEFAULT_VIEW);
  events = [];
  for (const type of Object.values(EVENTS)) store.addEventListener(type, () => events.push(type));
  store.changeConnection('live');
});

test('an older row does not replace a newer one', () => {
  store.applyRow('hpc1', row({ revision: 5, title: 'new' }));
  store.applyRow('hpc1', row({ revision: 4, title: 'old' }));
  store.applyRow('hpc1', row({ revision: 5, title: 'again' }));
  assert.equal(store.row('hpc1')?.title, 'new');
  assert.deepEqual(events, [EVENTS.connection, EVENTS.row]);
});

test('after a reconnect revisions start anew', () => {
  store.applyRow('hpc1', row({ revision: 500 }));
  store.changeConnection('away');
  assert.equal(store.row('hpc1')?.revision, 500, 'the last picture stays');
  store.changeConnection('live');
  store.applyRow('hpc1', row({ revision: 1 }));
  assert.equal(store.row('hpc1')?.revision, 1);
});

test('a row grows stale by its own clock, and is then not UP for anybody', () => {
  store.applyRow('hpc1', row());
  assert.equal(store.status('hpc1'), 'UP');
  mock.timers.tick(190_001);
  assert.equal(store.status('hpc1'), 'STALE');
  assert.equal(store.status('nobody'), 'UNKNOWN');
});

test('a status that the server gave is not made better or worse', () => {
  store.applyRow('hpc1', row({ status: 'DOWN' }));
  mock.timers.tick(900_000);
  assert.equal(store.status('hpc1'), 'DOWN');
});

test("ages are the server's, also where a frame waited on its way", () => {
  store.applyRow('hpc1', row({ serverTimeEpochMillis: 1_500_000 }));
  assert.equal(store.now(), 1_500_000);
  store.applyRow('hpc2', row({ serverTimeEpochMillis: 1_100_000 }));
  assert.equal(store.now(), 1_500_000, 'a frame made long ago says nothing about now');
});

test('clusters come in their order, and the row of one that is gone is forgotten', () => {
  const entry = (/** @type {string} */ cluster, /** @type {number} */ order) => ({ cluster, title: cluster, status: 'UP', order });
  store.applyRow('b', row());
  store.applyClusters({ title: 'Our lab', clusters: [entry('b', 2), entry('a', 1)], mesh: { status: 'UP', nodes: [] } });
  assert.deepEqual(
    store.clusters?.map(({ cluster }) => cluster),
    ['a', 'b'],
  );
  assert.equal(store.title, 'Our lab');
  store.applyClusters({ clusters: [entry('a', 1)] });
  assert.equal(store.row('b'), null);
  assert.equal(store.title, 'Our lab');
});

test('a switch that is set to what it is says nothing', () => {
  store.changeView({ dimension: 'user' });
  assert.ok(!events.includes(EVENTS.view));
  store.changeView({ dimension: 'group' });
  assert.ok(events.includes(EVENTS.view));
});

test('a server that has forgotten the picture does not take it away', () => {
  store.applyRow('hpc1', row({ revision: 9 }));
  store.changeConnection('live');
  const nothing = { observedAtEpochMillis: null, jobs: null, slots: null, nodes: null, usage: null };
  store.applyRow('hpc1', row({ revision: 1, status: 'UNKNOWN', ...nothing }));
  assert.equal(store.row('hpc1')?.slots?.free, 77);
  assert.equal(store.status('hpc1'), 'UP');
  const failure = { code: 'PROBE_TIMEOUT', detail: null, sinceEpochMillis: 1, hint: null };
  store.applyRow('hpc1', row({ revision: 2, status: 'DOWN', failure, ...nothing }));
  assert.equal(store.row('hpc1')?.slots?.free, 77);
  assert.equal(store.status('hpc1'), 'DOWN');
  assert.equal(store.row('hpc1')?.failure?.code, 'PROBE_TIMEOUT');
});

test('a cluster that was never seen has no picture to keep', () => {
  store.applyRow('hpc1', row({ observedAtEpochMillis: null, slots: null, status: 'UNKNOWN' }));
  assert.equal(store.row('hpc1')?.slots, null);
  assert.equal(store.status('hpc1'), 'UNKNOWN');
});
