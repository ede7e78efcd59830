// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandPath } from '../js/charts/band.js';
import { highest, scaleOf, ticksOf } from '../js/charts/scale.js';
import { keepApart } from '../js/model/labels.js';
import { readingLines, readingWords } from '../js/model/reading.js';
import { stackOf } from '../js/model/stack.js';
import { historySummary } from '../js/model/summary.js';
import { DEFAULT_VIEW } from '../js/model/view.js';

const N = null;
/** @param {(number | null)[]} alice @param {(number | null)[]} bob */
const history = (alice, bob) => ({
  stepMillis: 1000,
  from: 0,
  length: alice.length,
  series: [
    { key: 'alice', values: alice },
    { key: 'bob', values: bob },
  ],
  others: alice.map((value) => (value === null ? null : 0)),
  free: alice.map((value) => (value === null ? null : 3)),
  total: alice.map((value) => (value === null ? null : 20)),
});

test('each band stands on the one below, free on top of all', () => {
  const stack = stackOf(history([1, 2], [10, 20]), true, 0);
  assert.deepEqual(
    stack.layers.map(({ key, upper }) => [key, upper]),
    [
      ['alice', [1, 2]],
      ['bob', [11, 22]],
    ],
  );
  assert.deepEqual(stack.withFree, [14, 25]);
  assert.deepEqual(stack.total, [20, 20]);
  assert.deepEqual(stack.gaps, []);
});

test('jobs are not measured against free cores', () => {
  const stack = stackOf(history([1], [2]), false, 0);
  assert.deepEqual([stack.withFree, stack.total], [[], []]);
});

test('a step between two polls is bridged, a silence is a gap', () => {
  const polled = stackOf(history([1, N, 2, N, N, N, 4], [1, N, 1, N, N, N, 1]), true, 1000);
  assert.deepEqual(polled.layers[0].upper, [1, 1, 2, N, N, N, 4]);
  assert.deepEqual(polled.gaps, [{ from: 2000, to: 6000 }]);
});

test('a step at the end whose poll is not due yet is no gap; a silence is', () => {
  assert.deepEqual(stackOf(history([1, 1, N], [1, 1, N]), true, 1000).gaps, []);
  assert.deepEqual(stackOf(history([1, N, N], [1, N, N]), true, 1000).gaps, [{ from: 0, to: 2000 }]);
});

test('one who runs nothing in the whole range has no band', () => {
  assert.deepEqual(
    stackOf(history([0, 0], [1, 1]), true, 0).layers.map(({ key }) => key),
    ['bob'],
  );
});

test('an idle cluster still shows what is free', () => {
  const stack = stackOf(history([0, 0], [0, 0]), true, 0);
  assert.deepEqual(stack.layers, []);
  assert.deepEqual(stack.withFree, [3, 3]);
  assert.deepEqual(stack.gaps, []);
  assert.equal(historySummary(stack, DEFAULT_VIEW), 'past 24 h: nothing ran');
});

test('a path is interrupted where nothing is known', () => {
  const scale = { stepPixels: 10, height: 100, unitPixels: 1 };
  assert.equal(bandPath([1, 2], scale, true), 'M0.0 100.0L0.0 99.0L10.0 98.0V100.0Z');
  assert.equal(bandPath([1, 2, N, 3], scale, false), 'M0.0 99.0L0.0 99.0L10.0 98.0M30.0 97.0L30.0 97.0H40.0');
  assert.equal(bandPath([N, N], scale, true), '');
});

test('a pixel is the step that is drawn there, and back', () => {
  const stack = stackOf(history([1, 2, 3], [1, 2, 3]), true, 0);
  const picture = { stack, shape: /** @type {const} */ ('areas'), classNames: [], from: 0, stepMillis: 1000, length: 3 };
  const scale = scaleOf(picture, 446, 226);
  assert.deepEqual([0, 1, 2].map(scale.x).map(scale.index), [0, 1, 2]);
  assert.deepEqual([scale.index(-50), scale.index(9999)], [0, 2]);
  assert.equal(highest(picture), 20, 'the capacity is the top');
  assert.deepEqual([scale.y(20), scale.y(0)], [8, 208]);
  assert.deepEqual(ticksOf(picture), [0, 10, 20]);
});

test('the words for a picture name its extent and its gaps', () => {
  const stack = stackOf(history([1, N, 5], [2, N, 6]), true, 0);
  assert.equal(historySummary(stack, DEFAULT_VIEW), 'past 24 h: between 3 and 11 cores running, by alice, bob; one gap');
  assert.equal(historySummary(stackOf(history([N], [N]), true, 0), DEFAULT_VIEW), 'no news in the past 24 h');
  assert.equal(historySummary(stackOf(history([N], [N]), true, 0), DEFAULT_VIEW, 'areas', false), 'no news in 24 h around then');
});

/** Of alice the band is known, too. */
const banded = () => {
  const past = history([10, N, 30], [1, N, 2]);
  Object.assign(past.series[0], { least: [5, N, 0], most: [15, N, 60] });
  return stackOf(past, true, 0);
};
const pictureOf = (/** @type {'areas' | 'lines'} */ shape) => ({ stack: banded(), shape, classNames: ['slot-1', 'slot-2'], from: 0, stepMillis: 1000, length: 3 });

test('lines are not stacked: the highest is the most that one had', () => {
  assert.equal(highest(pictureOf('lines')), 60);
  assert.equal(highest(pictureOf('areas')), 35, 'used and free, by the means');
  assert.deepEqual(pictureOf('lines').stack.layers.map(({ least, most }) => [least, most]), [
    [[5, N, 0], [15, N, 60]],
    [null, null],
  ]);
});

test('one whose mean is nothing but who had something has a line', () => {
  const past = history([0, 0], [0, 0]);
  Object.assign(past.series[1], { least: [0, 0], most: [0, 4] });
  assert.deepEqual(
    stackOf(past, true, 0).layers.map(({ key }) => key),
    ['bob'],
  );
});

test('a band between two edges is drawn forth and back', () => {
  const scale = { stepPixels: 10, height: 100, unitPixels: 1 };
  assert.equal(bandPath([15, 60, N, 7], scale, true, [5, 0, N, 6]), 'M0.0 95.0L0.0 85.0L10.0 40.0V100.0L0.0 95.0ZM30.0 94.0L30.0 93.0H40.0V94.0Z');
});

test('a reading tells between what it moved where it did', () => {
  assert.deepEqual(
    readingLines(pictureOf('areas'), 2).map(({ name, value, spread }) => [name, value, spread]),
    [
      ['alice', 30, '0–60'],
      ['bob', 2, ''],
      ['free', 3, ''],
    ],
  );
  assert.equal(readingLines(pictureOf('lines'), 2).length, 2, 'what is free has no line');
  assert.match(readingWords(pictureOf('lines'), 2), /: alice 30, between 0 and 60; bob 2$/);
  assert.match(readingWords(pictureOf('lines'), 1), /: no data$/);
});

test('labels stand apart, each near its line, and stay in the chart', () => {
  assert.deepEqual(keepApart([10, 50, 90], 13, 0, 100), [10, 50, 90]);
  assert.deepEqual(keepApart([50, 50, 52], 13, 0, 100), [50, 63, 76]);
  assert.deepEqual(keepApart([99, 98], 13, 0, 100), [100, 87]);
  assert.deepEqual(keepApart([1, 2, 3], 13, 0, 20), [1, 14, N], 'no room for all');
});

test('the words for lines name the extent of each', () => {
  const lines = /** @type {const} */ ('lines');
  assert.equal(historySummary(banded(), { ...DEFAULT_VIEW, shape: lines }), 'past 24 h, cores running: alice 0 to 60, bob 1 to 2');
});
