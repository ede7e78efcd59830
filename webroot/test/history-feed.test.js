// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { HistoryFeed } from '../js/history-feed.js';
import { DEFAULT_VIEW } from '../js/model/view.js';
import { BusError } from '../js/replies.js';
import { Store } from '../js/store.js';
import { row, use } from './rows.js';

const NOW = 1_800_000_000_000;

/** @type {{body: any, answer: (reply: any) => void, refuse: (error: Error) => void}[]} */ let asked = [];
/** @type {Store} */ let store;
/** @type {HistoryFeed} */ let feed;
let changes = 0;

const settle = () => new Promise((resolve) => setImmediate(resolve));
const reply = (/** @type {any} */ query, /** @type {number | null} */ value) => ({
  stepMillis: 300_000,
  times: [query.fromEpochMillis],
  series: [{ key: 'alice', values: [value] }],
  others: [0],
  free: [0],
  total: [9],
});
const seen = (/** @type {number} */ observed, /** @type {number} */ alice, /** @type {number} */ revision) =>
  row({ observedAtEpochMillis: observed, revision, usage: { user: [use('alice', alice)], group: [], account: [], queue: [] } });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date', 'setTimeout'], now: NOW });
  asked = [];
  changes = 0;
  const bus = /** @type {any} */ ({
    request: (/** @type {string} */ _, /** @type {any} */ body) =>
      new Promise((answer, refuse) => void asked.push({ body, answer, refuse })),
  });
  store = new Store(DEFAULT_VIEW);
  store.changeConnection('live');
  feed = new HistoryFeed(bus, store, 'hpc1', () => changes++);
});

test('nothing is asked for a chart that nobody sees', () => {
  feed.refresh();
  assert.equal(asked.length, 0);
  feed.want(true);
  feed.refresh();
  assert.equal(asked.length, 1);
});

test('rows carry the history on without another question', async () => {
  store.applyRow('hpc1', seen(NOW, 5, 1));
  feed.want(true);
  asked[0].answer(reply(asked[0].body, 3));
  await settle();
  assert.equal(feed.history?.series[0].values.at(-1), 5, 'the newest row was not stored yet');
  mock.timers.tick(300_000);
  store.applyRow('hpc1', seen(NOW + 300_000, 7, 2));
  feed.rowChanged();
  assert.deepEqual(feed.history?.series[0].values.slice(-2), [5, 7]);
  assert.equal(asked.length, 1);
  assert.equal(changes, 1);
});

test('another view, another connection and a long silence ask again', async () => {
  store.applyRow('hpc1', seen(NOW, 5, 1));
  feed.want(true);
  asked[0].answer(reply(asked[0].body, 3));
  await settle();
  store.changeView({ dimension: 'group' });
  feed.refresh();
  assert.equal(asked.length, 2);
  assert.equal(asked[1].body.dimension, 'group');
  store.changeConnection('away');
  feed.refresh();
  assert.equal(asked.length, 2, 'there is nobody to ask');
  store.changeConnection('live');
  feed.refresh();
  assert.equal(asked.length, 3);
  asked[2].answer(reply(asked[2].body, 3));
  await settle();
  store.applyRow('hpc1', seen(NOW + 3_600_000, 7, 9));
  feed.rowChanged();
  assert.equal(asked.length, 4);
});

test('a wider chart asks for more points; another shape for what it lacks', async () => {
  feed.want(true);
  asked[0].answer(reply(asked[0].body, 3));
  await settle();
  feed.fit(444);
  assert.equal(asked.length, 1);
  feed.fit(1000);
  assert.equal(asked[1].body.maxPoints, 800);
  asked[1].answer(reply(asked[1].body, 3));
  await settle();
  store.changeView({ shape: 'lines' });
  feed.refresh();
  assert.equal(asked[2].body.band, true);
  store.changeView({ range: '30d' });
  feed.refresh();
  assert.equal(asked.length, 4);
  store.changeView({ shape: 'areas' });
  feed.refresh();
  assert.equal(asked.length, 4, 'the band is there already');
});

test('an answer that comes after the switches were moved is not shown', async () => {
  feed.want(true);
  store.changeView({ range: '7d' });
  feed.refresh();
  asked[0].answer(reply(asked[0].body, 1));
  await settle();
  assert.equal(feed.history, null);
  asked[1].answer(reply(asked[1].body, 2));
  await settle();
  assert.equal(feed.view.range, '7d');
});

test('a server that does not answer is asked again, one that refuses is not', async () => {
  feed.want(true);
  asked[0].refuse(new BusError(503, 'the store is away'));
  await settle();
  assert.match(feed.trouble, /asking again/);
  mock.timers.tick(8000);
  assert.equal(asked.length, 2);
  asked[1].refuse(new BusError(404, 'no such cluster'));
  await settle();
  mock.timers.tick(60_000);
  assert.equal(asked.length, 2);
  assert.match(feed.trouble, /no history is kept/);
});

test('a retry is dropped when the row leaves the view', async () => {
  feed.want(true);
  asked[0].refuse(new BusError(-1, 'no answer in time'));
  await settle();
  feed.want(false);
  mock.timers.tick(60_000);
  assert.equal(asked.length, 1);
  feed.want(true);
  assert.equal(asked.length, 2);
});
