// @ts-check
import { Donut } from '../charts/donut.js';
import { element, field, measureText, setAttribute, setNumber, setText } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { gpusOf } from '../model/capacity.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { usageSummary } from '../model/summary.js';
import { lacksMeasure, partLabel, usageOf } from '../model/usage.js';
import { jobsOfKey } from '../model/who.js';
import { exportButton } from './export-button.js';
/** @import {RowState} from './row.js' */
/** @import {Place} from '../model/place.js' */
/** @import {Part} from '../model/usage.js' */

const DONUT_PIXELS = 132;

/** Who uses it now: a donut, and its legend with the same numbers. */
export class UsagePanel extends HTMLElement {
  #chart = element('div', { class: 'donut-chart', 'aria-hidden': 'true' });
  #used = field('used');
  #running = field('running');
  #gpusUsed = field('gpus-used');
  #slots = element('span', { class: 'donut-figure' }, this.#used, element('span', {}, ' used'));
  #jobsWord = element('span', {}, ' jobs');
  #jobs = element('span', { class: 'donut-figure' }, this.#running, this.#jobsWord);
  #gpus = element('span', { class: 'donut-figure' }, this.#gpusUsed, element('span', {}, ' GPUs used'));
  #none = element('span', { 'data-field': 'no-gpus', class: 'donut-figure' }, 'no GPUs');
  #centre = element('p', { class: 'donut-centre', 'aria-hidden': 'true' }, this.#slots, this.#gpus, this.#none, this.#jobs);
  #picture = element('div', { class: 'donut', role: 'img' }, this.#chart, this.#centre);
  #legend = element('ol', { class: 'legend' });
  #donut = new Donut(this.#chart, DONUT_PIXELS);
  #listed = '';
  #names = '';
  /** @type {import('../exports/menu.js').Exported['takeaway'] | null} */ #takeaway = null;
  /** @type {{part: Part, className: string}[]} */ #lines = [];

  connectedCallback() {
    if (!this.firstChild) this.append(this.#picture, this.#legend, exportButton(() => this.#exported()));
  }

  /** @param {RowState} state */
  update({ row, view, people, colours, drawn, fade, now }) {
    const usage = usageOf(row, view, (key) => people.nameOf(view.dimension, key));
    setNumber(this.#used, row?.slots?.used, fade);
    measureText(this.#used);
    setNumber(this.#running, row?.jobs?.running, fade);
    setText(this.#jobsWord, row?.jobs?.running === 1 ? ' job' : ' jobs');
    setNumber(this.#gpusUsed, gpusOf(row)?.used, fade);
    this.#slots.classList.toggle('donut-main', view.measure === 'cores');
    this.#gpus.classList.toggle('donut-main', view.measure === 'gpus');
    this.#jobs.classList.toggle('donut-main', view.measure === 'jobs');
    const lacks = lacksMeasure(row, view);
    this.#slots.hidden = view.measure === 'gpus';
    this.#gpus.hidden = view.measure !== 'gpus' || lacks;
    this.#jobs.hidden = lacks;
    this.#none.hidden = !lacks;
    const lines = usage.parts.map((part) => ({ part, className: classOf(part, colours) }));
    this.#lines = lines;
    this.#takeaway = row && { cluster: row.cluster, title: row.cluster, view, usage, atMillis: row.observedAtEpochMillis ?? now };
    const listed = JSON.stringify([row?.cluster, view.dimension, lines]);
    if (listed !== this.#listed) {
      this.#listed = listed;
      if (!this.#renumber(lines)) {
        const jobsOf = (/** @type {Part} */ part) => (part.kind === 'key' && row ? jobsOfKey(people, view.dimension, row.cluster, part.key) : null);
        exchange(
          this.#legend,
          lines.map(({ part, className }) => legendLine(part, className, jobsOf(part))),
        );
      }
      this.#picture.setAttribute('aria-label', usageSummary(row, view, usage));
    }
    if (drawn) this.#donut.show(lines.map(({ part, className }) => ({ value: part.value, className })));
    else this.#donut.remove();
  }

  /** Where the same stand in the same order, only their numbers change. @param {{part: Part, className: string}[]} lines @returns {boolean} whether that was all */
  #renumber(lines) {
    const whose = [this.#takeaway?.cluster, this.#takeaway?.view.dimension];
    const names = JSON.stringify([whose, lines.map(({ part, className }) => [part.kind, part.key, partLabel(part), className])]);
    if (names === this.#names && lines.length === this.#legend.childElementCount) {
      lines.forEach(({ part }, i) => {
        const line = this.#legend.children[i];
        setAttribute(line, 'data-value', String(part.value));
        setText(/** @type {Element} */ (line.lastElementChild), formatCount(part.value));
      });
      return true;
    }
    this.#names = names;
    return false;
  }

  /** @returns {import('../exports/menu.js').Exported | null} */
  #exported() {
    const chart = this.#chart.querySelector('svg');
    const legend = this.#lines.map(({ part, className }) => ({ text: printable(partLabel(part)), className, value: formatCount(part.value) }));
    const centre = [...this.#centre.children].filter((figure) => !(/** @type {HTMLElement} */ (figure).hidden)).map(({ textContent }) => textContent ?? '');
    const title = this.closest('qm-row')?.getAttribute('aria-label');
    return this.#takeaway && { takeaway: { ...this.#takeaway, title: title ?? this.#takeaway.title }, drawing: chart && { chart, legend, centre, labels: [] } };
  }
}

/** @param {Part} part @param {import('../model/colours.js').ColourBook} colours */
function classOf(part, colours) {
  return part.kind === 'key' ? colours.classOf(part.key) : `part-${part.kind}`;
}

/** @param {Part} part @param {string} className @param {Place | null} jobs where a click leads */
function legendLine(part, className, jobs) {
  const label = printable(partLabel(part));
  const key = part.kind === 'key' ? part.key : null;
  return element(
    'li',
    { class: `legend-line legend-${part.kind}`, 'data-part': part.kind, 'data-key': key, 'data-value': String(part.value) },
    element('span', { class: `swatch ${className}`, 'aria-hidden': 'true' }),
    nameOf(label, jobs),
    element('span', { class: 'legend-value' }, formatCount(part.value)),
  );
}

/** @param {string} label @param {Place | null} jobs */
function nameOf(label, jobs) {
  const name = jobs ? placeLink(jobs.name, jobs.parameters, label) : element('span', {}, label);
  name.classList.add('legend-name');
  name.title = label;
  return name;
}

customElements.define('qm-usage', UsagePanel);
