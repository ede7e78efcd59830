// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsOf, KEY_WORDS } from '../js/keys.js';

/** What the help calls a key that the browser names otherwise; the last two are the browser's own. */
const NAMES = new Map([
  ['←', 'ArrowLeft'],
  ['→', 'ArrowRight'],
]);
const BROWSERS = ['Enter', 'Esc'];

test('the help names every key that there is, and none that there is not', () => {
  const said = KEY_WORDS.flatMap(([keys]) => keys.split('  ')).map((key) => NAMES.get(key) ?? key);
  const there = Object.keys(actionsOf(/** @type {any} */ ({}), /** @type {any} */ ({}), () => {}));
  assert.ok(there.length > 20);
  assert.deepEqual(said.filter((key) => !BROWSERS.includes(key)).sort(), there.sort());
  assert.equal(new Set(said).size, said.length);
});
