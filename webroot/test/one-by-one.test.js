// @ts-check
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { OneByOne } from '../js/one-by-one.js';

/** @type {any} */ let page;
/** @type {string[]} */ let done;
/** @type {OneByOne} */ let work;
const piece = (/** @type {string} */ name) => () => void done.push(name);
const look = (/** @type {boolean} */ hidden) => {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  page = Object.assign(new EventTarget(), { hidden: false });
  /** @type {any} */ (globalThis).document = page;
  done = [];
  work = new OneByOne();
});

afterEach(() => work.close());

/** Until so many pieces are done. @param {number} count */
async function until(count) {
  const deadline = Date.now() + 5000;
  while (done.length < count && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
}

/** A task that is queued after all that is queued now. */
async function turn() {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

test('each piece has a task of its own, in the order they came', async () => {
  work.schedule('a', () => {
    piece('a')();
    queueMicrotask(() => done.push('end of the task of a'));
  });
  work.schedule('b', piece('b'));
  assert.deepEqual(done, [], 'never at once');
  await until(3);
  assert.deepEqual(done, ['a', 'end of the task of a', 'b']);
});

test('a piece that is scheduled again is done once, the newest way', async () => {
  work.schedule('a', piece('old'));
  work.schedule('b', piece('b'));
  work.schedule('a', piece('new'));
  await until(2);
  await turn();
  assert.deepEqual(done, ['new', 'b']);
});

test('nothing is drawn while nobody looks, and all of it on return', async () => {
  look(true);
  work.schedule('a', piece('a'));
  work.schedule('b', piece('b'));
  await turn();
  assert.deepEqual(done, []);
  look(false);
  await until(2);
  assert.deepEqual(done, ['a', 'b']);
});

test('a piece can be taken back', async () => {
  work.schedule('a', piece('a'));
  work.schedule('b', piece('b'));
  work.cancel('a');
  await until(1);
  await turn();
  assert.deepEqual(done, ['b']);
});

test('while it is held it waits', async () => {
  work.hold();
  work.schedule('a', piece('a'));
  await turn();
  assert.deepEqual(done, []);
  work.release();
  await until(1);
  assert.deepEqual(done, ['a']);
});
