// @ts-check
import { Areas } from '../charts/areas.js';
import { endLabels, showEndLabels } from '../charts/end-labels.js';
import { MARGIN, marginFor, scaleOf } from '../charts/scale.js';
import { element, setAttribute, setText } from '../element.js';
import { formatWhen } from '../model/ages.js';
import { firstKnown, isBlank, isIdle } from '../model/history.js';
import { printable } from '../model/printable.js';
import { readingWords } from '../model/reading.js';
import { stackOf } from '../model/stack.js';
import { historySummary } from '../model/summary.js';
import { lacksMeasure } from '../model/usage.js';
import { choiceOf } from '../model/view.js';
import { exportButton } from './export-button.js';
import { showReading } from './reading.js';
/** @import {RowState} from './row.js' */
/** @import {HistoryFeed} from '../history-feed.js' */
/** @import {Picture} from '../charts/scale.js' */

const FAR = 10;
/** So much of a chart without samples wants words. */
const MUCH = 0.3;

/** Who used it before: areas or lines over time, with names at their right end and a reading under the pointer or the keys. */
export class HistoryPanel extends HTMLElement {
  #chart = element('div', { class: 'areas-chart', 'aria-hidden': 'true' });
  #labels = element('div', { class: 'end-labels', 'aria-hidden': 'true' });
  #reading = element('div', { class: 'reading', hidden: true, 'aria-hidden': 'true' });
  #moment = element('span', { class: 'moment-mark', hidden: true, 'aria-hidden': 'true' });
  #note = element('p', { class: 'history-note' });
  // The arrow keys move the mark in it: a screen reader has to leave them to the page.
  #stage = element('div', { class: 'history-stage', role: 'application', 'aria-roledescription': 'chart over time' });
  #spoken = element('p', { class: 'only-spoken', 'aria-live': 'polite' });
  #areas = new Areas(this.#chart);
  /** @type {Picture | null} */ #picture = null;
  /** @type {unknown[]} */ #pictured = [];
  #summary = '';
  /** @type {import('../exports/menu.js').Exported['takeaway'] | null} */ #takeaway = null;
  #width = 0;
  #height = 0;
  #export = exportButton(() => this.#exported());
  /** @type {number | null} index of the step that the keys have come to */ #mark = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.#stage.append(this.#chart, this.#labels, this.#moment, this.#reading);
    this.append(this.#stage, this.#note, this.#export, this.#spoken);
    this.addEventListener('pointermove', (event) => this.#point(event));
    this.addEventListener('pointerleave', () => this.#stop());
    this.#stage.addEventListener('keydown', (event) => this.#press(event));
    this.#stage.addEventListener('blur', () => this.#stop());
  }

  /** @param {number} width pixels @param {number} height pixels @returns {boolean} whether it changed */
  resize(width, height) {
    if (width === this.#width && height === this.#height) return false;
    this.#width = width;
    this.#height = height;
    return true;
  }

  /** Why the left of it is empty. @param {import('../model/history.js').History} history */
  #begin(history) {
    const first = firstKnown(history);
    return first < MUCH * history.length ? '' : `no samples before ${formatWhen(history.from + first * history.stepMillis)}`;
  }

  /** Whether there is room for axes and words. */
  get #plots() {
    return marginFor(this.#height) === MARGIN;
  }

  /** @returns {number} pixels between the axes */
  get plotWidth() {
    const { left, right } = marginFor(this.#height);
    return Math.max(0, this.#width - left - right);
  }

  /** @param {RowState} state @param {HistoryFeed} feed */
  update(state, feed) {
    const { row, drawn, view } = state;
    const blank = feed.history !== null && isBlank(feed.history);
    const lacks = lacksMeasure(row, feed.view) && feed.history !== null && isIdle(feed.history);
    const none = lacks ? 'no GPUs' : blank ? `no news ${feed.endsNow ? `in the past ${choiceOf('range', feed.view.range).label}` : 'around then'}` : '';
    const note = none || (feed.history ? '' : feed.trouble);
    const shown = drawn && feed.history !== null && !none && this.#width >= 40;
    setAttribute(this.#stage, 'tabindex', shown ? '0' : null);
    this.#export.hidden = !shown;
    const cluster = row?.cluster ?? '';
    this.#takeaway = shown && feed.history ? { cluster, title: cluster, view: feed.view, history: feed.history, atMillis: state.now } : null;
    const begin = shown && feed.history && this.#plots ? this.#begin(feed.history) : '';
    setText(this.#note, note || begin);
    this.#note.classList.toggle('history-begin', begin !== '');
    if (!shown || !feed.history) {
      setAttribute(this.#stage, 'aria-label', note || 'history, not read yet');
      this.#areas.remove();
      this.#labels.replaceChildren();
      this.#moment.hidden = true;
      return;
    }
    const pictured = [feed.history, view.shape, state.colours.version];
    if (pictured.some((part, i) => part !== this.#pictured[i])) {
      this.#pictured = pictured;
      this.#draw(state, feed, feed.history);
    }
    if (!this.#picture) return;
    setAttribute(this.#stage, 'aria-label', this.#summary);
    this.#areas.show(this.#picture, this.#width, this.#height);
    showEndLabels(this.#labels, this.#picture, this.#width, this.#height);
    this.#showMoment(this.#picture, state);
  }

  /**
   * The chart does not end at the moment shown but goes on to now, with a line at the moment: what came after it is a part of the
   * answer to why it was so, the axis stays the slider's, and nothing has to be drawn or asked for anew while it moves.
   *
   * @param {Picture} picture
   * @param {RowState} state
   */
  #showMoment(picture, { past, now }) {
    const index = (now - picture.from) / picture.stepMillis;
    this.#moment.hidden = !past || index < 0 || index > picture.length - 1;
    if (!this.#moment.hidden) this.#moment.style.left = `${scaleOf(picture, this.#width, this.#height).x(index)}px`;
  }

  /** @param {RowState} state @param {HistoryFeed} feed @param {import('../model/history.js').History} history */
  #draw({ colours, view: { shape } }, feed, history) {
    const stack = stackOf(history, feed.view.measure === 'cores', feed.staleAfterMillis);
    const classNames = stack.layers.map(({ kind, key }) => (kind === 'key' ? colours.classOf(key) : 'part-others'));
    const { from, stepMillis, length } = history;
    this.#picture = { stack, shape, classNames, from, stepMillis, length };
    this.#summary = historySummary(stack, feed.view, shape, feed.endsNow);
  }

  /** @returns {import('../exports/menu.js').Exported | null} */
  #exported() {
    const chart = this.#chart.querySelector('svg');
    const picture = this.#picture;
    if (!this.#takeaway || !picture) return null;
    const takeaway = { ...this.#takeaway, title: this.closest('qm-row')?.getAttribute('aria-label') ?? this.#takeaway.title };
    const legend = picture.stack.layers
      .map(({ name }, i) => ({ text: printable(name), className: picture.classNames[i], value: '' }))
      .reverse();
    const labels = endLabels(picture, this.#width, this.#height);
    return { takeaway, drawing: chart && { chart, legend, labels, centre: [] } };
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const scale = this.#scale();
    if (!scale) return;
    this.#mark = null;
    this.#read(scale.index(event.clientX - this.getBoundingClientRect().left));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const picture = this.#picture;
    if (!picture || !this.#scale() || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = picture.length - 1;
    const by = event.shiftKey ? FAR : 1;
    const from = this.#mark ?? last;
    /** @type {Record<string, number | null>} */
    const marks = {
      ArrowLeft: this.#mark === null ? last : from - by,
      ArrowRight: from + by,
      Home: 0,
      End: last,
      Escape: null,
    };
    if (!Object.hasOwn(marks, event.key)) return;
    event.preventDefault();
    // The same keys move the whole page's moment where the chart does not have the focus.
    event.stopPropagation();
    const mark = marks[event.key];
    if (mark === null) return this.#stop();
    this.#mark = Math.max(0, Math.min(last, mark));
    this.#read(this.#mark);
    setText(this.#spoken, readingWords(picture, this.#mark));
  }

  /** @param {number} index */
  #read(index) {
    const scale = this.#scale();
    if (scale && this.#picture) showReading(this.#reading, this.#picture, index, scale.x(index), this.#width);
  }

  #stop() {
    this.#mark = null;
    this.#reading.hidden = true;
    setText(this.#spoken, '');
  }

  /** @returns {ReturnType<typeof scaleOf> | null} null while nothing is drawn */
  #scale() {
    return this.#picture && this.#chart.firstChild ? scaleOf(this.#picture, this.#width, this.#height) : null;
  }
}

customElements.define('qm-history', HistoryPanel);
