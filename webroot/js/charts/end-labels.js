// @ts-check
import { element } from '../element.js';
import { keepApart } from '../model/labels.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { marginFor, scaleOf } from './scale.js';
/** @import {Picture} from './scale.js' */

const LINE_PIXELS = 13;
const LEAST_MARGIN = 40;

/** @typedef {{text: string, className: string, x: number, y: number}} Label */

/**
 * Names at the right end of the bands or lines, where there is room for a line of text; the others are in the legend.
 *
 * @param {Picture} picture
 * @param {number} width pixels
 * @param {number} height pixels
 * @returns {Label[]}
 */
export function endLabels(picture, width, height) {
  const margin = marginFor(height);
  const last = picture.stack.layers[0]?.own.findLastIndex((value) => value !== null) ?? -1;
  if (margin.right < LEAST_MARGIN || last < 0) return [];
  const { y } = scaleOf(picture, width, height);
  const labels = picture.shape === 'lines' ? linesLabels(picture, last, y, height) : bandLabels(picture, last, y);
  return labels.map((label) => ({ ...label, x: width - margin.right + 6 }));
}

/** @param {HTMLElement} container @param {Picture} picture @param {number} width pixels @param {number} height pixels */
export function showEndLabels(container, picture, width, height) {
  const labels = endLabels(picture, width, height);
  if (labels.length === container.childElementCount && labels.every((label, i) => isShown(label, /** @type {HTMLElement} */ (container.children[i])))) return;
  container.replaceChildren(
    ...labels.map(({ text, className, x, y }) => {
      const label = element('span', { class: `end-label ${className}` }, text);
      label.style.top = `${y}px`;
      label.style.left = `${x}px`;
      return label;
    }),
  );
}

/** @param {Label} label @param {HTMLElement} node */
const isShown = ({ text, className, x, y }, node) =>
  node.textContent === text && node.className === `end-label ${className}` && node.style.top === `${y}px` && node.style.left === `${x}px`;

/** In the middle of each band that is high enough. @param {Picture} picture @param {number} last @param {(amount: number) => number} y @returns {Omit<Label, 'x'>[]} */
function bandLabels({ stack, classNames }, last, y) {
  const labels = stack.layers.map((layer, i) => {
    const high = layer.upper[last] ?? 0;
    return { text: printable(layer.name), className: classNames[i], low: high - (layer.own[last] ?? 0), high };
  });
  const used = stack.layers[stack.layers.length - 1].upper[last] ?? 0;
  const withFree = stack.withFree[last] ?? used;
  labels.push({ text: `${formatCount(Math.round(withFree - used))} free`, className: 'part-free', low: used, high: withFree });
  return labels
    .filter(({ low, high }) => y(low) - y(high) >= LINE_PIXELS)
    .map(({ text, className, low, high }) => ({ text, className, y: (y(low) + y(high)) / 2 }));
}

/** Beside the end of each line, as near as the others allow; for the largest first. @param {Picture} picture @param {number} last @param {(amount: number) => number} y @param {number} height @returns {Omit<Label, 'x'>[]} */
function linesLabels({ stack, classNames }, last, y, height) {
  const { top, bottom } = marginFor(height);
  const lines = stack.layers
    .map((layer, i) => ({ text: printable(layer.name), className: classNames[i], amount: layer.own[last] ?? 0 }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
  const places = keepApart(
    lines.map(({ amount }) => y(amount)),
    LINE_PIXELS,
    top,
    height - bottom,
  );
  return lines.flatMap(({ text, className }, i) => {
    const place = places[i];
    return place === null ? [] : [{ text, className, y: place }];
  });
}
