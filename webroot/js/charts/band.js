// @ts-check
/** @import {Values} from '../model/history.js' */

/**
 * The outline of a band, or the line of its edge, as the `d` of a path. Where a value is null it is interrupted; a value between two
 * nulls is drawn one step wide.
 *
 * @param {Values} values
 * @param {object} scale pixels
 * @param {number} scale.stepPixels from one value to the next
 * @param {number} scale.height y of zero
 * @param {number} scale.unitPixels height of one
 * @param {boolean} filled down to zero, or to `lower`
 * @param {Values} [lower] known wherever the values are
 */
export function bandPath(values, { stepPixels, height, unitPixels }, filled, lower) {
  const x = (/** @type {number} */ i) => (i * stepPixels).toFixed(1);
  const level = (/** @type {number | null} */ value) => (height - (value ?? 0) * unitPixels).toFixed(1);
  const y = (/** @type {number} */ i) => level(values[i]);
  const floor = (/** @type {number} */ i) => (lower ? level(lower[i]) : height.toFixed(1));
  let path = '';
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) continue;
    const start = i;
    path += `M${x(start)} ${filled ? floor(start) : y(start)}`;
    for (; i < values.length && values[i] !== null; i++) path += `L${x(i)} ${y(i)}`;
    if (i - start === 1) path += `H${x(i)}`;
    if (!filled) continue;
    path += `V${floor(i - 1)}`;
    if (lower) for (let back = i - 2; back >= start; back--) path += `L${x(back)} ${floor(back)}`;
    path += 'Z';
  }
  return path;
}

/**
 * A series of Highcharts that keeps its values as the plain column they came in. The library's own areas make an object for each
 * point of each user and throw it away at each update, which is most of what a chart over time costs.
 *
 * Options: `values`, one for each step of the x axis; `filled`; `lower` where it is filled down to something else than zero.
 */
export const bandSeries = {
  /** @this {any} */
  generatePoints() {
    this.points = [];
  },
  /** @this {any} */
  translate() {
    this.generatePoints();
  },
  drawPoints() {},
  /** @this {any} */
  drawGraph() {
    const { values, filled, lower } = this.options;
    const scale = {
      stepPixels: this.xAxis.len / Math.max(1, values.length - 1),
      height: this.yAxis.len,
      unitPixels: this.yAxis.len / this.yAxis.max,
    };
    const d = bandPath(values, scale, filled, lower) || 'M 0 0';
    this.graph ??= this.chart.renderer
      .path()
      .addClass(filled ? 'band' : 'edge')
      .add(this.group);
    this.graph.attr({ d });
  },
};
