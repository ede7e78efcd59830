// @ts-check
import { draw } from './highcharts.js';

/** @typedef {{value: number, className: string}} Slice */

/** @param {Slice[]} slices @param {number} size width and height in pixels */
export function donutOptions(slices, size) {
  return {
    chart: { type: 'pie', width: size, height: size },
    plotOptions: { pie: { size: '100%', innerSize: '70%', borderRadius: 0, dataLabels: { enabled: false }, center: ['50%', '50%'] } },
    series: [{ data: pointsOf(slices) }],
  };
}

/** @param {Slice[]} slices */
function pointsOf(slices) {
  const known = slices.length > 0 ? slices : [{ value: 1, className: 'part-nothing' }];
  return known.map(({ value, className }) => ({ y: value, className }));
}

/** A donut that keeps its chart from one picture to the next. */
export class Donut {
  /** @type {any} */ #chart = null;
  #drawn = '';

  /** @param {HTMLElement} container @param {number} size */
  constructor(container, size) {
    this.container = container;
    this.size = size;
  }

  /** @param {Slice[]} slices */
  show(slices) {
    const picture = JSON.stringify(slices);
    if (this.#chart && picture === this.#drawn) return;
    this.#drawn = picture;
    if (this.#chart) this.#update(slices);
    else this.#chart = draw(this.container, donutOptions(slices, this.size));
  }

  /**
   * Only the slices are drawn anew: the library would also measure the box around them, for which the browser has to lay out the page.
   *
   * @param {Slice[]} slices
   */
  #update(slices) {
    const [series] = this.#chart.series;
    series.setData(pointsOf(slices), false, false, true);
    series.processData();
    series.translate();
    series.drawPoints();
    series.redrawPoints();
  }

  remove() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#drawn = '';
  }
}
