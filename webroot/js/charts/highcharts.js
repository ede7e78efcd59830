// @ts-check
import { bandSeries } from './band.js';

/**
 * The door to Highcharts, which a classic script has put on the page. Styled mode: every colour comes from css/, so a change of theme
 * draws nothing anew and the strict style policy holds. No string that a user chose goes in: Highcharts reads labels as markup.
 */
const Highcharts = /** @type {any} */ (globalThis).Highcharts;

Highcharts?.seriesType('band', 'line', {}, bandSeries);

const BASE = {
  chart: { styledMode: true, animation: false, reflow: false, spacing: [0, 0, 0, 0], margin: 0 },
  title: { text: undefined },
  credits: { enabled: false },
  legend: { enabled: false },
  tooltip: { enabled: false },
  accessibility: { enabled: false },
  time: { useUTC: false },
  plotOptions: { series: { animation: false, enableMouseTracking: false, states: { inactive: { enabled: false } } } },
};

/**
 * @param {HTMLElement} container
 * @param {object} options
 * @returns {any} the chart, or null where Highcharts could not be loaded: the numbers are readable without
 */
export function draw(container, options) {
  return Highcharts ? Highcharts.chart(container, Highcharts.merge(BASE, options)) : null;
}
