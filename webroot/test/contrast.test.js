// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('../css/variables.css', import.meta.url), 'utf8');
const TEXTS = ['text', 'text-soft', 'accent', 'warn', 'bad'];
const MARKS = ['others', 'unattributed', 'line-strong', ...Array.from({ length: 10 }, (_, i) => `hue-${i}`)];

/** @param {string} selector @returns {Record<string, string>} the colours set under it */
function coloursOf(selector) {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0];
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]));
}

/** @param {string} colour @returns {number[]} linear red, green, blue */
function linear(colour) {
  return [1, 3, 5]
    .map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

/** WCAG 2 contrast. @param {string} one @param {string} other */
function contrast(one, other) {
  const [a, b] = [one, other].map(linear).map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
  return Math.max(a, b) / Math.min(a, b);
}

const THEMES = { light: coloursOf(':root'), dark: coloursOf("[data-theme='dark']"), system: coloursOf("  [data-theme='auto']") };

for (const [theme, colours] of Object.entries(THEMES)) {
  test(`${theme}: text can be read on both grounds`, () => {
    for (const text of TEXTS) {
      for (const ground of ['surface', 'ground']) {
        const found = contrast(colours[text], colours[ground]);
        assert.ok(found >= 4.5, `${text} on ${ground}: ${found.toFixed(2)}`);
      }
    }
  });

  test(`${theme}: arcs, bands and lines stand out`, () => {
    for (const mark of MARKS) {
      const found = contrast(colours[mark], colours.surface);
      assert.ok(found >= 3, `${mark}: ${found.toFixed(2)}`);
    }
  });
}

test("the system's dark is the dark that one can choose", () => assert.deepEqual(THEMES.system, THEMES.dark));

test('hues differ for eyes that lack a cone', () => {
  for (const colours of [THEMES.light, THEMES.dark]) {
    const hues = Array.from({ length: 10 }, (_, i) => linear(colours[`hue-${i}`]));
    for (const see of [DEUTERANOPE, PROTANOPE]) {
      hues.forEach((one, i) =>
        hues.slice(i + 1).forEach((other, k) => {
          const distance = Math.hypot(...oklab(see(one)).map((value, axis) => value - oklab(see(other))[axis]));
          assert.ok(distance > 0.08, `hue-${i} and hue-${i + k + 1}: ${distance.toFixed(3)}`);
        }),
      );
    }
  }
});

/** Full dichromacy after Machado, Oliveira and Fernandes 2009, on linear RGB. @param {number[][]} matrix */
function dichromat(matrix) {
  return (/** @type {number[]} */ colour) =>
    matrix.map((line) => Math.max(0, line[0] * colour[0] + line[1] * colour[1] + line[2] * colour[2]));
}

/** @type {(colour: number[]) => number[]} */
function DEUTERANOPE(colour) {
  return dichromat([
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ])(colour);
}

/** @type {(colour: number[]) => number[]} */
function PROTANOPE(colour) {
  return dichromat([
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ])(colour);
}

/** @param {number[]} colour linear red, green, blue */
function oklab([r, g, b]) {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
