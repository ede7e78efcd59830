// @ts-check
/** @import {Stack} from '../model/stack.js' */

/**
 * @typedef {object} Picture
 * @property {Stack} stack
 * @property {'areas' | 'lines'} shape
 * @property {string[]} classNames of the layers, lowest first
 * @property {number} from start of the first step
 * @property {number} stepMillis
 * @property {number} length
 */

export const MARGIN = Object.freeze({ top: 8, right: 76, bottom: 18, left: 46 });
/** A spark line has no axes. */
export const SPARK_MARGIN = Object.freeze({ top: 2, right: 2, bottom: 2, left: 2 });
const SPARK_BELOW = 90;

/** @param {number} height @returns {{top: number, right: number, bottom: number, left: number}} */
export function marginFor(height) {
  return height < SPARK_BELOW ? SPARK_MARGIN : MARGIN;
}

/** @param {Picture} picture */
export function highest({ stack, shape }) {
  const lines = stack.layers.map(({ own, most }) => most ?? own);
  const edges = shape === 'lines' ? lines : [stack.withFree, stack.total, stack.layers[stack.layers.length - 1]?.upper ?? []];
  return edges.flat().reduce((/** @type {number} */ max, value) => Math.max(max, value ?? 0), 1);
}

/** @param {Picture} picture */
export function ticksOf(picture) {
  const top = Math.round(highest(picture));
  return top < 2 ? [0, top] : [0, Math.round(top / 2), top];
}

/** @param {Picture} picture */
export function extremes({ from, stepMillis, length }) {
  return { min: from, max: from + (length - 1) * stepMillis };
}

/** Where a moment and an amount are drawn, and back; the same for every picture of this size. @param {Picture} picture @param {number} width @param {number} height */
export function scaleOf(picture, width, height) {
  const margin = marginFor(height);
  const { min, max } = extremes(picture);
  const plotWidth = width - margin.left - margin.right;
  const plotHeight = height - margin.top - margin.bottom;
  const top = highest(picture);
  return {
    /** @param {number} amount */
    y: (amount) => margin.top + plotHeight * (1 - amount / top),
    /** @param {number} index of a step */
    x: (index) => margin.left + (plotWidth * index * picture.stepMillis) / Math.max(1, max - min),
    /** @param {number} x pixels @returns {number} index of the nearest step */
    index: (x) => {
      const share = (x - margin.left) / plotWidth;
      return Math.max(0, Math.min(picture.length - 1, Math.round(share * (picture.length - 1))));
    },
  };
}
