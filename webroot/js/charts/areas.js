// @ts-check
import { formatTick } from '../model/ages.js';
import { formatShort } from '../model/numbers.js';
import { draw } from './highcharts.js';
import { extremes, highest, marginFor, SPARK_MARGIN, ticksOf } from './scale.js';
/** @import {Values} from '../model/history.js' */
/** @import {Picture} from './scale.js' */

/**
 * @param {Picture} picture
 * @returns {{type: string, filled: boolean, className: string, values: Values, lower?: Values}[]}
 */
function seriesOf(picture) {
  return picture.shape === 'lines' ? linesOf(picture) : bandsOf(picture);
}

/**
 * Bands from the highest down, for each covers the lower part of the one before it; then the edges. They are of means, and no edge
 * shows the peaks of the sum: they are not known. The sum of everybody's most is more than there ever was at once, as not all have
 * theirs in the same minute; how high each one went is told by the reading, and drawn by the lines.
 *
 * @param {Picture} picture
 */
function bandsOf({ stack, classNames }) {
  const bands = stack.layers.map(({ upper }, i) => ({ type: 'band', filled: true, className: classNames[i], values: upper })).reverse();
  const edges = [
    { type: 'band', filled: false, className: 'line-free', values: stack.withFree },
    { type: 'band', filled: false, className: 'line-total', values: stack.total },
  ].filter(({ values }) => values.length > 0);
  return [...bands, ...edges];
}

/** What lies between each one's least and most, and over all of those the lines of the means; the largest on top. @param {Picture} picture */
function linesOf({ stack, classNames }) {
  const layers = stack.layers.map((layer, i) => ({ ...layer, className: classNames[i] })).reverse();
  const spreads = layers.map(({ own, least, most, className }) => ({
    type: 'band',
    filled: true,
    className: `spread ${className}`,
    values: most ?? own,
    lower: least ?? own,
  }));
  return [...spreads, ...layers.map(({ own, className }) => ({ type: 'band', filled: false, className: `line-key ${className}`, values: own }))];
}

/** @param {Picture} picture */
const gapsOf = ({ stack }) => stack.gaps.map((gap) => ({ ...gap, id: 'gap', className: 'gap' }));

/**
 * @param {() => Picture} current the picture to be shown, also later
 * @param {number} width pixels
 * @param {number} height pixels
 */
export function areasOptions(current, width, height) {
  const picture = current();
  const margin = marginFor(height);
  const visible = margin !== SPARK_MARGIN;
  const range = (picture.length - 1) * picture.stepMillis;
  return {
    chart: { width, height, margin: [margin.top, margin.right, margin.bottom, margin.left] },
    xAxis: {
      type: 'datetime',
      ...extremes(picture),
      visible,
      plotBands: gapsOf(picture),
      tickLength: 3,
      tickPixelInterval: 90,
      labels: { y: 14, distance: 0, formatter: labelled((value) => formatTick(value, range)) },
    },
    yAxis: {
      title: { text: undefined },
      visible,
      min: 0,
      max: highest(picture),
      endOnTick: false,
      maxPadding: 0,
      // The capacity itself is the upper tick, so that it can be read off.
      tickPositioner: () => ticksOf(current()),
      labels: { x: -6, y: 4, formatter: labelled(formatShort) },
    },
    series: seriesOf(picture),
  };
}

/** @param {(value: number) => string} format a label of numbers only @returns {() => string} as Highcharts calls it */
function labelled(format) {
  return /** @this {any} */ function () {
    return format(this.value);
  };
}

/** Stacked areas over time that keep their chart while the same names stand in it. */
export class Areas {
  /** @type {any} */ #chart = null;
  #shape = '';
  /** @type {Picture} */ #picture = /** @type {any} */ (null);

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
  }

  /** @param {Picture} picture @param {number} width @param {number} height */
  show(picture, width, height) {
    const shape = JSON.stringify([seriesOf(picture).map(({ className }) => className), picture.stepMillis, picture.length, width, height]);
    if (this.#chart && shape === this.#shape) {
      if (picture !== this.#picture) this.#update(picture);
      return;
    }
    this.remove();
    this.#shape = shape;
    this.#picture = picture;
    this.#chart = draw(
      this.container,
      areasOptions(() => this.#picture, width, height),
    );
  }

  /** The axes are only worked out anew where they moved. @param {Picture} picture */
  #update(picture) {
    const before = this.#picture;
    this.#picture = picture;
    seriesOf(picture).forEach(({ values, lower }, i) => Object.assign(this.#chart.series[i].options, { values, lower }));
    const moved = before.from !== picture.from || highest(before) !== highest(picture);
    if (moved || JSON.stringify(gapsOf(before)) !== JSON.stringify(gapsOf(picture))) this.#move(picture);
    else for (const series of this.#chart.series) series.drawGraph();
  }

  /** @param {Picture} picture */
  #move(picture) {
    const [xAxis] = this.#chart.xAxis;
    const { min, max } = extremes(picture);
    xAxis.removePlotBand('gap');
    xAxis.setExtremes(min, max, false, false);
    this.#chart.yAxis[0].setExtremes(0, highest(picture), false, false);
    this.#chart.redraw(false);
    for (const gap of gapsOf(picture)) xAxis.addPlotBand(gap);
    for (const series of this.#chart.series) series.drawGraph();
  }

  remove() {
    this.#chart?.destroy();
    this.#chart = null;
  }
}
