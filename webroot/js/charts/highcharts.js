// @ts-check
import { element } from '../element.js';
import { bandSeries } from './band.js';

/**
 * The door to Highcharts, a classic script that is fetched once the numbers are there: it weighs more than all the rest. Styled mode: every colour comes from css/, so a change of theme
 * draws nothing anew and the strict style policy holds. No string that a user chose goes in: Highcharts reads labels as markup.
 */
const PLACE = 'lib/highcharts/';

/** @type {any} */ let Highcharts = null;

const BASE = {
  chart: { styledMode: true, skipClone: true, animation: false, reflow: false, spacing: [0, 0, 0, 0], margin: 0 },
  title: { text: undefined },
  credits: { enabled: false },
  legend: { enabled: false },
  tooltip: { enabled: false },
  // A chart is one image with its sum in words, read by the arrow keys, and has a table behind it. The library's module would put a
  // second tree of shapes into each image, and would have to be given the names.
  accessibility: { enabled: false },
  time: { useUTC: false },
  plotOptions: { series: { animation: false, enableMouseTracking: false, states: { inactive: { enabled: false } } } },
};

/** @param {string} name of a script of the library @returns {Promise<void>} */
function fetchScript(name) {
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = PLACE + name;
    script.onload = () => done();
    script.onerror = () => failed(new Error(`no ${name}`));
    document.head.append(script);
  });
}

/** Charts can be drawn afterwards. */
export async function loadCharts() {
  await fetchScript('highcharts.js');
  Highcharts = /** @type {any} */ (globalThis).Highcharts;
  Highcharts.seriesType('band', 'line', {}, bandSeries);
}

/**
 * The library asks time and again how large the box around a chart is, and the browser lays out the whole page to tell it. It is given
 * a box of its own that stands nowhere, so that there is nothing to lay out: all charts have a size and margins.
 *
 * @param {HTMLElement} container
 * @param {object} options
 * @returns {any} the chart, or null where Highcharts is not or could not be loaded: the numbers are readable without
 */
export function draw(container, options) {
  if (!Highcharts) return null;
  const stage = element('div');
  const chart = Highcharts.chart(stage, Highcharts.merge(BASE, options));
  container.append(...stage.children);
  return chart;
}
