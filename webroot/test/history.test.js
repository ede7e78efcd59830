// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendRow, firstKnown, historyOf, historyQuery, isBlank, isIdle, pointsFor, rollTo, stepFor, wantsBand } from '../js/model/history.js';
import { DEFAULT_VIEW } from '../js/model/view.js';
import { row, use } from './rows.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const view = DEFAULT_VIEW;
/** Four steps of a minute, the last of which starts at 3 min. */
const base = () =>
  historyOf(
    {
      stepMillis: MINUTE,
      times: [0, MINUTE, 3 * MINUTE],
      series: [{ key: 'alice', values: [10, 20, 40] }],
      others: [1, 2, 4],
      free: [5, 5, 5],
      total: [50, 50, 50],
    },
    { fromEpochMillis: 0, toEpochMillis: 4 * MINUTE },
  );
const at = (/** @type {number} */ millis, /** @type {number} */ alice, /** @type {number} */ bob = 0) =>
  row({
    observedAtEpochMillis: millis,
    staleAfterMillis: 2 * MINUTE,
    slots: { total: 50, used: 45, free: 7, unavailable: 0, largestFreeOnOneNode: 7 },
    usage: { user: [use('alice', alice), use('bob', bob)] },
  });

test('what is known begins with the first sample of anything', () => {
  const query = { fromEpochMillis: 0, toEpochMillis: 4 * MINUTE };
  const reply = { stepMillis: MINUTE, times: [2 * MINUTE, 3 * MINUTE], series: [{ key: 'alice', values: [null, 1] }], others: [null, null], free: [null, 3] };
  assert.equal(firstKnown(historyOf({ ...reply, total: [4, 4] }, query)), 2);
  assert.equal(firstKnown(historyOf({ ...reply, total: [null, null] }, query)), 3);
  assert.equal(firstKnown(historyOf({ ...reply, series: [], total: [null, null] }, query)), 4);
  assert.equal(firstKnown(base()), 0);
});

test('the steps are those of the server', () => {
  assert.equal(stepFor(60 * MINUTE), MINUTE);
  assert.equal(stepFor(24 * 60 * MINUTE), 5 * MINUTE);
  assert.equal(stepFor(7 * DAY), 30 * MINUTE);
  assert.equal(stepFor(30 * DAY), 2 * 60 * MINUTE);
  assert.equal(stepFor(365 * DAY), DAY);
  assert.equal(stepFor(365 * DAY, 200), 2 * DAY);
  assert.equal(stepFor(365 * DAY, 120), 7 * DAY);
});

test('a chart asks for no more points than pixels, and for another number only when it is much wider', () => {
  assert.deepEqual([100, 250, 444, 460, 1200].map(pointsFor), [120, 200, 400, 400, 800]);
  assert.equal(pointsFor(0), 400, 'before it is known');
});

test('a year begins where a step of the server begins', () => {
  const query = historyQuery('hpc1', { ...view, range: '1y' }, 20_400.4 * DAY, 8, 200);
  const history = historyOf({ stepMillis: 2 * DAY, times: [], series: [], others: [], free: [], total: [] }, query);
  assert.equal(history.length, 183);
  assert.equal(history.from % (2 * DAY), 0);
  assert.ok(history.from <= query.fromEpochMillis && history.from + history.length * 2 * DAY === query.toEpochMillis);
});

test('a query covers the range up to the end of the step of now', () => {
  const query = historyQuery('hpc1', view, 1_000 * MINUTE + 1, 8);
  assert.equal(query.toEpochMillis, 1_005 * MINUTE);
  assert.equal(query.toEpochMillis - query.fromEpochMillis, 24 * 60 * MINUTE);
  assert.equal(query.dimension, 'user');
  assert.equal(query.measure, 'runningSlots');
});

test('times that are missing in a reply are steps without news', () => {
  assert.deepEqual(base().series[0].values, [10, 20, null, 40]);
  assert.deepEqual(base().total, [50, 50, null, 50]);
});

test('a row that opens a step is appended, and the oldest step leaves', () => {
  const next = appendRow(base(), at(4 * MINUTE + 5_000, 30, 6), view, 3 * MINUTE + 30_000);
  assert.equal(next?.from, MINUTE);
  assert.deepEqual(next?.series[0].values, [20, null, 40, 30]);
  assert.deepEqual(next?.others, [2, null, 4, 6]);
  assert.deepEqual(next?.free, [5, null, 5, 7]);
});

test('inside a step the mean moves by the time the new value stands for', () => {
  const next = appendRow(base(), at(3 * MINUTE + 40_000, 20), view, 3 * MINUTE + 20_000);
  assert.equal(next?.series[0].values[3], 40 + (20 - 40) * 0.5);
  assert.deepEqual(next?.series[0].values.slice(0, 3), [10, 20, null]);
});

test('a name that is not in the new row has nothing, not an unknown', () => {
  const next = appendRow(base(), row({ ...at(4 * MINUTE, 0), usage: { user: [use('zoe', 9)] } }), view, 3 * MINUTE + 30_000);
  assert.equal(next?.series[0].values[3], 0);
  assert.equal(next?.others[3], 9);
});

test('a row without usage leaves its step unknown', () => {
  const next = appendRow(base(), row({ ...at(4 * MINUTE, 0), usage: null, slots: null }), view, 3 * MINUTE + 30_000);
  assert.equal(next?.series[0].values[3], null);
  assert.equal(next?.free[3], null);
});

test('after a long silence the server has to be asked', () => {
  assert.equal(appendRow(base(), at(9 * MINUTE, 5), view, 3 * MINUTE), null);
  assert.notEqual(appendRow(base(), at(5 * MINUTE, 5), view, 3 * MINUTE), null);
});

test('the history at hand is not changed by what is appended', () => {
  const history = base();
  appendRow(history, at(4 * MINUTE, 30), view, 3 * MINUTE + 30_000);
  assert.deepEqual(history, base());
});

test('time goes on without news', () => {
  const history = base();
  assert.equal(rollTo(history, 3 * MINUTE + 59_999), history);
  const rolled = rollTo(history, 5 * MINUTE);
  assert.equal(rolled.from, 2 * MINUTE);
  assert.deepEqual(rolled.series[0].values, [null, 40, null, null]);
  assert.deepEqual(rollTo(history, 100 * MINUTE).series[0].values, [null, null, null, null]);
});

test('blank is a history of which nothing is known', () => {
  assert.equal(isBlank(base()), false);
  assert.equal(isBlank(rollTo(base(), 100 * MINUTE)), true);
  assert.equal(isIdle(base()), false);
  assert.equal(isIdle({ ...base(), series: [], others: [0, null, 0, 0] }), true);
});

test('the band is asked for where lines show it or steps are long', () => {
  assert.equal(wantsBand(view), false);
  assert.equal(wantsBand({ ...view, shape: 'lines' }), true);
  assert.equal(wantsBand({ ...view, range: '30d' }), true);
  assert.equal(historyQuery('hpc1', { ...view, shape: 'lines' }, 0, 8).band, true);
});

test('a row widens the band of its step, and opens one', () => {
  const answer = {
    stepMillis: MINUTE,
    times: [0, MINUTE],
    series: [{ key: 'alice', values: [10, 20], min: [5, 15], max: [15, 25] }],
    others: [0, 0],
    free: [5, 5],
    total: [50, 50],
  };
  const history = historyOf(answer, { fromEpochMillis: 0, toEpochMillis: 2 * MINUTE });
  const higher = appendRow(history, at(1.9 * MINUTE, 40), view, 1.8 * MINUTE);
  assert.deepEqual([higher?.series[0].least, higher?.series[0].most], [[5, 15], [15, 40]]);
  const next = appendRow(history, at(2 * MINUTE, 3), view, 1.9 * MINUTE);
  assert.deepEqual([next?.series[0].least, next?.series[0].most], [[15, 3], [25, 3]]);
  assert.deepEqual(rollTo(history, 2 * MINUTE).series[0].most, [25, null]);
});
