// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageMillis, pageOf } from '../js/model/kiosk.js';

const asked = (/** @type {string} */ query) => pageMillis(new URLSearchParams(query));

test('rows take turns, every one of them, as many at a time as fit', () => {
  const heights = [176, 176, 300, 176, 176];
  assert.deepEqual(pageOf(0, heights, 500), { page: 1, pages: 3, from: 0, to: 2 });
  assert.deepEqual(pageOf(1, heights, 500), { page: 2, pages: 3, from: 2, to: 4 });
  assert.deepEqual(pageOf(2, heights, 500), { page: 3, pages: 3, from: 4, to: 5 });
  assert.deepEqual(pageOf(3, heights, 500), pageOf(0, heights, 500));
});

test('all that fit are one page; a row that is too high has the wall alone', () => {
  assert.deepEqual(pageOf(7, [176, 176], 352), { page: 1, pages: 1, from: 0, to: 2 });
  assert.deepEqual(pageOf(0, [900, 176], 400), { page: 1, pages: 2, from: 0, to: 1 });
  assert.deepEqual(pageOf(1, [900, 900], 400), { page: 2, pages: 2, from: 1, to: 2 });
  assert.deepEqual(pageOf(0, [], 400), { page: 1, pages: 1, from: 0, to: 0 });
});

test('a page stays for 20 s, or for as long as the address says within reason', () => {
  assert.equal(asked('kiosk'), 20_000);
  assert.equal(asked('kiosk=dark&seconds=45'), 45_000);
  assert.equal(asked('kiosk&seconds=0'), 3_000);
  assert.equal(asked('kiosk&seconds=soon'), 20_000);
  assert.equal(asked('kiosk&seconds=1e9'), 600_000);
});
