// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { HistoryFeed } from '../js/history-feed.js';
import { PLAY_STEP } from '../js/model/moment.js';
import { DEFAULT_VIEW } from '../js/model/view.js';
import { MomentFeed } from '../js/moment-feed.js';
import { Player } from '../js/player.js';
import { BusError } from '../js/replies.js';
import { EVENTS, Store } from '../js/store.js';
import { row } from './rows.js';

const HOUR = 3_600_000;
const NOW = 20_000 * 24 * HOUR;
const THEN = NOW - 5 * HOUR;

/** @type {{address: string, body: any, answer: (reply: any) => void, refuse: (error: Error) => void}[]} */ let asked = [];
/** @type {Store} */ let store;
/** @type {MomentFeed} */ let moments;
/** @type {any} */ let bus;
/** @type {number[]} how often each event came */ let pictures = [];

const settle = () => new Promise((resolve) => setImmediate(resolve));
const wanted = () => asked.map(({ body }) => body.atEpochMillis);
const summary = (/** @type {number} */ at, /** @type {any} */ change = {}) =>
  row({ revision: 0, observedAtEpochMillis: at, slots: { total: 336, used: 300, free: 36, unavailable: 0, largestFreeOnOneNode: 4 }, ...change });

/** @param {number} index @param {any[]} [summaries] */
async function answer(index, summaries = [summary(asked[index].body.atEpochMillis - 1000)]) {
  asked[index].answer({ atEpochMillis: asked[index].body.atEpochMillis, summaries });
  await settle();
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date', 'setTimeout', 'setInterval'], now: NOW });
  asked = [];
  pictures = [];
  bus = {
    request: (/** @type {string} */ address, /** @type {any} */ body) =>
      new Promise((answer, refuse) => void asked.push({ address, body, answer, refuse })),
  };
  store = new Store(DEFAULT_VIEW);
  moments = new MomentFeed(bus, store);
  store.addEventListener(EVENTS.picture, () => pictures.push(store.now()));
  store.changeConnection('live');
  store.applyRow('hpc1', row({ observedAtEpochMillis: NOW }));
});

test('the rows of a moment stand for it, and the live ones wait', async () => {
  store.changeView({ at: THEN });
  assert.equal(store.row('hpc1')?.slots?.free, 77, 'the old picture stays until the new one comes');
  assert.equal(store.now(), NOW);
  await answer(0);
  assert.equal(store.row('hpc1')?.slots?.free, 36);
  assert.equal(store.now(), THEN);
  assert.equal(store.status('hpc1'), 'UP');
  store.applyRow('hpc1', row({ observedAtEpochMillis: NOW, revision: 9, slots: null }));
  assert.equal(store.row('hpc1')?.slots?.free, 36, 'news go on in the background');
  assert.equal(store.liveRow('hpc1')?.revision, 9);
  store.changeView({ at: null });
  assert.equal(store.row('hpc1')?.revision, 9, 'and are there at once');
  assert.equal(store.now(), NOW);
});

test('a cluster that was not seen around then has no row then', async () => {
  store.changeView({ at: THEN });
  await answer(0, [summary(THEN - 16 * 60_000), summary(THEN - 10 * 60_000, { cluster: 'hpc2' })]);
  assert.equal(store.row('hpc1'), null);
  assert.equal(store.status('hpc1'), 'UNKNOWN');
  assert.equal(store.status('hpc2'), 'UP', 'near enough');
});

test('of the moments that a slider runs over the newest is asked for, four a second', async () => {
  for (let i = 0; i < 50; i++) store.changeView({ at: THEN + i * 1000 });
  assert.deepEqual(wanted(), [THEN]);
  await answer(0);
  assert.deepEqual(pictures, [THEN], 'it is on the way: shown');
  assert.equal(asked.length, 1);
  mock.timers.tick(249);
  assert.equal(asked.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(wanted(), [THEN, THEN + 49_000]);
  await answer(1);
  assert.deepEqual(pictures, [THEN, THEN + 49_000]);
});

test('an answer that comes when live is back is not shown', async () => {
  store.changeView({ at: THEN });
  store.changeView({ at: null });
  await answer(0);
  assert.equal(store.picture, null);
});

test('a step back finds what is at hand', async () => {
  store.changeView({ at: THEN });
  await answer(0);
  mock.timers.tick(250);
  store.changeView({ at: THEN + 300_000 });
  await answer(1);
  store.changeView({ at: THEN });
  assert.equal(store.now(), THEN);
  assert.equal(asked.length, 2);
});

test('a server that does not answer is asked again; one that refuses is not', async () => {
  store.changeView({ at: THEN });
  asked[0].refuse(new BusError(504, 'too slow'));
  await settle();
  assert.match(moments.trouble, /asking again/);
  mock.timers.tick(3000);
  assert.equal(asked.length, 2);
  asked[1].refuse(new BusError(400, 'no'));
  await settle();
  mock.timers.tick(60_000);
  assert.equal(asked.length, 2);
  assert.match(moments.trouble, /refuses/);
  store.changeView({ at: null });
  assert.equal(moments.trouble, '');
});

test('a link to a moment is asked for once there is a connection', () => {
  asked = [];
  store = new Store({ ...DEFAULT_VIEW, at: THEN });
  new MomentFeed(bus, store);
  assert.equal(asked.length, 0);
  store.changeConnection('live');
  assert.deepEqual(wanted(), [THEN]);
});

test('what is not past is live', () => {
  store.changeView({ at: NOW + 1 });
  assert.equal(store.view.at, null);
  assert.equal(new Store({ ...DEFAULT_VIEW, at: NOW + HOUR }).view.at, null);
});

test('it plays a day in a minute, and the next picture is asked for ahead', async () => {
  const player = new Player(store, () => false);
  moments.ahead = () => player.next();
  player.toggle();
  const begin = /** @type {number} */ (store.view.at);
  assert.ok(NOW - begin >= 24 * HOUR && NOW - begin < 24 * HOUR + PLAY_STEP);
  await answer(0);
  mock.timers.tick(249);
  assert.equal(asked.length, 1);
  mock.timers.tick(1);
  assert.equal(store.view.at, begin + PLAY_STEP);
  await answer(1);
  assert.equal(store.now(), begin + PLAY_STEP);
  for (let i = 2; i < 12; i++) {
    mock.timers.tick(250);
    if (asked[i]) await answer(i);
  }
  assert.ok(store.now() >= begin + 9 * PLAY_STEP, 'it keeps the pace');
  mock.timers.tick(60_000);
  assert.equal(store.view.at, null, 'up to now');
  assert.equal(player.playing, false);
});

test('whoever takes the slider while it plays goes on from there', () => {
  const player = new Player(store, () => false);
  player.toggle();
  store.changeView({ at: NOW - 2 * HOUR });
  mock.timers.tick(250);
  assert.equal(store.view.at, NOW - 2 * HOUR + PLAY_STEP);
  store.changeView({ at: null });
  assert.equal(player.playing, false);
});

test('who wants no motion gets a step for each key', () => {
  const player = new Player(store, () => true);
  player.toggle();
  const begin = store.view.at;
  assert.equal(player.playing, false);
  mock.timers.tick(5000);
  assert.equal(store.view.at, begin);
  player.toggle();
  assert.ok(Number(store.view.at) > Number(begin));
});

test('the charts are not asked for anew while the moment stays in their range', async () => {
  const feed = new HistoryFeed(bus, store, 'hpc1', () => {});
  store.addEventListener(EVENTS.moment, () => feed.refresh());
  const histories = () => asked.filter(({ address }) => address === 'grid.history.query').map(({ body }) => body);
  feed.want(true);
  assert.equal(histories().length, 1);
  store.changeView({ at: THEN });
  store.changeView({ at: THEN + HOUR });
  assert.equal(histories().length, 1);
  store.changeView({ at: NOW - 100 * HOUR });
  const [, around] = histories();
  assert.ok(around.fromEpochMillis < NOW - 100 * HOUR && around.toEpochMillis > NOW - 100 * HOUR);
  assert.equal(around.toEpochMillis - around.fromEpochMillis, 24 * HOUR);
  store.changeView({ at: NOW - 101 * HOUR });
  assert.equal(histories().length, 2);
  store.changeView({ at: null });
  assert.equal(histories().length, 3);
});

test('news do not move a chart of long ago', async () => {
  const feed = new HistoryFeed(bus, store, 'hpc1', () => {});
  store.changeView({ at: NOW - 100 * HOUR });
  feed.want(true);
  const { body, answer: reply } = asked[asked.length - 1];
  reply({ stepMillis: 300_000, times: [body.fromEpochMillis], series: [], others: [1], free: [0], total: [9] });
  await settle();
  const { history } = feed;
  mock.timers.tick(HOUR);
  store.applyRow('hpc1', row({ observedAtEpochMillis: NOW + HOUR, revision: 3 }));
  feed.rowChanged();
  assert.equal(feed.roll(), false);
  assert.equal(feed.history, history);
  assert.equal(history?.from, body.fromEpochMillis);
});
