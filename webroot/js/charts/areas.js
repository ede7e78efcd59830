// @ts-check
import { formatTick } from '../model/ages.js';
import { formatCount } from '../model/numbers.js';
import { draw } from './highcharts.js';
/** @import {Stack} from '../model/stack.js' */

/**
 * @typedef {object} Picture
 * @property {Stack} stack
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

/** Lines in the order of the series: bands from the highest edge down, for each hides the lower part of the one before it. @param {Picture} picture */
function linesOf({ stack, classNames }) {
  const bands = stack.layers.map(({ upper }, i) => ({ type: 'area', className: classNames[i], data: upper })).reverse();
  const edges = [
    { type: 'line', className: 'line-free', data: stack.withFree },
    { type: 'line', className: 'line-total', data: stack.total },
  ].filter(({ data }) => data.length > 0);
  return [...bands, ...edges];
}

/** @param {Picture} picture */
function highest({ stack }) {
  const edges = [stack.withFree, stack.total, stack.layers[stack.layers.length - 1]?.upper ?? []];
  return edges.flat().reduce((/** @type {number} */ max, value) => Math.max(max, value ?? 0), 1);
}

/** @param {Picture} picture */
function ticksOf(picture) {
  const top = Math.round(highest(picture));
  return top < 2 ? [0, top] : [0, Math.round(top / 2), top];
}

/** @param {Picture} picture */
function extremes({ from, stepMillis, length }) {
  return { min: from, max: from + (length - 1) * stepMillis };
}

/** @param {Picture} picture */
const bandsOf = ({ stack }) => stack.gaps.map((gap) => ({ ...gap, className: 'gap' }));

/** @param {Picture} picture @param {number} width pixels @param {number} height pixels */
export function areasOptions(picture, width, height) {
  const margin = marginFor(height);
  const spark = margin === SPARK_MARGIN;
  const range = picture.length * picture.stepMillis;
  return {
    chart: { width, height, margin: [margin.top, margin.right, margin.bottom, margin.left] },
    xAxis: {
      type: 'datetime',
      ...extremes(picture),
      visible: !spark,
      plotBands: bandsOf(picture),
      tickLength: 3,
      tickPixelInterval: 90,
      labels: {
        y: 14,
        distance: 0,
        /** @this {{value: number}} */
        formatter() {
          return formatTick(this.value, range);
        },
      },
    },
    yAxis: {
      title: { text: undefined },
      visible: !spark,
      min: 0,
      max: highest(picture),
      endOnTick: false,
      maxPadding: 0,
      // The capacity itself is the upper tick, so that it can be read off.
      tickPositioner: () => ticksOf(picture),
      labels: {
        x: -6,
        y: 4,
        /** @this {{value: number}} */
        formatter() {
          return formatCount(this.value);
        },
      },
    },
    plotOptions: { series: { pointStart: picture.from, pointInterval: picture.stepMillis } },
    series: linesOf(picture),
  };
}

/** Stacked areas over time that keep their chart while the same names stand in it. */
export class Areas {
  /** @type {any} */ #chart = null;
  #shape = '';
  /** @type {Picture | null} */ #picture = null;

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
  }

  /** @param {Picture} picture @param {number} width @param {number} height */
  show(picture, width, height) {
    if (picture === this.#picture && this.#chart?.chartWidth === width && this.#chart.chartHeight === height) return;
    this.#picture = picture;
    const shape = JSON.stringify([linesOf(picture).map(({ className }) => className), picture.stepMillis, picture.length, width, height]);
    if (this.#chart && shape === this.#shape) this.#update(picture);
    else {
      this.remove();
      this.#shape = shape;
      this.#picture = picture;
      this.#chart = draw(this.container, areasOptions(picture, width, height));
    }
  }

  /** @param {Picture} picture */
  #update(picture) {
    linesOf(picture).forEach(({ data }, i) => {
      const series = this.#chart.series[i];
      series.options.pointStart = picture.from;
      series.setData(data, false, false, false);
    });
    this.#chart.xAxis[0].update({ ...extremes(picture), plotBands: bandsOf(picture) }, false);
    this.#chart.yAxis[0].update({ max: highest(picture), tickPositioner: () => ticksOf(picture) }, false);
    this.#chart.redraw(false);
  }

  remove() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#picture = null;
  }
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
