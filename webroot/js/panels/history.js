// @ts-check
import { Areas } from '../charts/areas.js';
import { showEndLabels } from '../charts/end-labels.js';
import { marginFor, scaleOf } from '../charts/scale.js';
import { element, setAttribute, setText } from '../element.js';
import { isBlank, isIdle } from '../model/history.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { stackOf } from '../model/stack.js';
import { historySummary } from '../model/summary.js';
import { lacksMeasure } from '../model/usage.js';
import { choiceOf } from '../model/view.js';
import { showReading } from './reading.js';
/** @import {RowState} from './row.js' */
/** @import {HistoryFeed} from '../history-feed.js' */
/** @import {Picture} from '../charts/scale.js' */

/** Who used it before: areas over time, with names at their right end and a reading under the pointer. */
export class HistoryPanel extends HTMLElement {
  #chart = element('div', { class: 'areas-chart', 'aria-hidden': 'true' });
  #labels = element('div', { class: 'end-labels', 'aria-hidden': 'true' });
  #reading = element('div', { class: 'reading', hidden: true });
  #note = element('p', { class: 'history-note' });
  #areas = new Areas(this.#chart);
  /** @type {Picture | null} */ #picture = null;
  /** @type {unknown} */ #pictured = null;
  #summary = '';
  #width = 0;
  #height = 0;

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'img');
    this.append(this.#chart, this.#labels, this.#reading, this.#note);
    this.addEventListener('pointermove', (event) => this.#read(event));
    this.addEventListener('pointerleave', () => (this.#reading.hidden = true));
  }

  /** @param {number} width pixels @param {number} height pixels @returns {boolean} whether it changed */
  resize(width, height) {
    if (width === this.#width && height === this.#height) return false;
    this.#width = width;
    this.#height = height;
    return true;
  }

  /** @returns {number} pixels between the axes */
  get plotWidth() {
    const { left, right } = marginFor(this.#height);
    return Math.max(0, this.#width - left - right);
  }

  /** @param {RowState} state @param {HistoryFeed} feed */
  update({ row, drawn, colours }, feed) {
    const blank = feed.history !== null && isBlank(feed.history);
    const lacks = lacksMeasure(row, feed.view) && feed.history !== null && isIdle(feed.history);
    const none = lacks ? 'no GPUs' : blank ? `no news in the past ${choiceOf('range', feed.view.range).label}` : '';
    const note = none || (feed.history ? '' : feed.trouble);
    setText(this.#note, note);
    if (!drawn || !feed.history || none || this.#width < 40) {
      setAttribute(this, 'aria-label', note || 'history, not read yet');
      this.#areas.remove();
      this.#labels.replaceChildren();
      return;
    }
    if (this.#pictured !== feed.history) {
      this.#pictured = feed.history;
      const stack = stackOf(feed.history, feed.view.measure === 'cores', row?.staleAfterMillis ?? 0);
      const { from, stepMillis, length } = feed.history;
      const classNames = stack.layers.map(({ kind, key }) => (kind === 'key' ? `slot-${colours.slot(key)}` : 'part-others'));
      this.#picture = { stack, classNames, from, stepMillis, length };
      this.#summary = historySummary(stack, feed.view);
    }
    if (!this.#picture) return;
    setAttribute(this, 'aria-label', this.#summary);
    this.#areas.show(this.#picture, this.#width, this.#height);
    this.#label(this.#picture);
  }

  /** @param {Picture} picture */
  #label(picture) {
    const margin = marginFor(this.#height);
    const { stack, classNames } = picture;
    const last = stack.layers[0]?.upper.findLastIndex((value) => value !== null) ?? -1;
    if (margin.right < 40 || last < 0) return this.#labels.replaceChildren();
    const { y } = scaleOf(picture, this.#width, this.#height);
    const label = (/** @type {string} */ text, /** @type {string} */ className, /** @type {number} */ low, /** @type {number} */ high) => ({
      text,
      className,
      y: (y(low) + y(high)) / 2,
      room: y(low) - y(high),
    });
    const labels = stack.layers.map(({ kind, key, own, upper }, i) => {
      const high = upper[last] ?? 0;
      return label(kind === 'key' ? printable(key) : 'others', classNames[i], high - (own[last] ?? 0), high);
    });
    const used = stack.layers[stack.layers.length - 1].upper[last] ?? 0;
    const withFree = stack.withFree[last] ?? used;
    labels.push(label(`${formatCount(Math.round(withFree - used))} free`, 'part-free', used, withFree));
    showEndLabels(this.#labels, labels, this.#width - margin.right + 6);
  }

  /** @param {PointerEvent} event */
  #read(event) {
    const picture = this.#picture;
    if (!picture || !this.#chart.firstChild) return;
    const scale = scaleOf(picture, this.#width, this.#height);
    const index = scale.index(event.clientX - this.getBoundingClientRect().left);
    showReading(this.#reading, picture, index, scale.x(index), this.#width);
  }
}

customElements.define('qm-history', HistoryPanel);
