// @ts-check
import { element, field, setNumber, setText } from '../element.js';
import { formatCount, formatCounted } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { queuedWord } from '../model/words.js';
/** @import {RowState} from './row.js' */

const REASONS = 2;

/** How many jobs wait, and for what. */
export class WaitingPanel extends HTMLElement {
  #queued = field('queued');
  #queuedWord = element('span');
  #counts = ['held', 'suspended', 'undetermined'].map((state) => {
    const number = field(state);
    return { state, number, item: element('span', { class: 'count' }, number, ` ${state}`) };
  });
  #reasons = element('ol', { class: 'reasons' });
  #listed = '';

  connectedCallback() {
    if (this.firstChild) return;
    const items = this.#counts.map(({ item }) => item);
    const queued = element('span', { class: 'count count-first' }, this.#queued, ' ', this.#queuedWord);
    this.append(element('p', { class: 'counts' }, queued, ...items), this.#reasons);
  }

  /** @param {RowState} state */
  update({ row, fade }) {
    const jobs = row?.jobs;
    setNumber(this.#queued, jobs?.queued, fade);
    setText(this.#queuedWord, queuedWord(row?.drms));
    for (const { state, number, item } of this.#counts) {
      setNumber(number, jobs?.[state], fade);
      item.hidden = !jobs?.[state];
    }
    this.#list(row?.waiting ?? []);
  }

  /** @param {{reason: string, jobs: number, slots: number}[]} waiting */
  #list(waiting) {
    const listed = JSON.stringify(waiting);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const sorted = [...waiting].sort((a, b) => b.jobs - a.jobs);
    const shown = sorted.length === REASONS + 1 ? sorted : sorted.slice(0, REASONS);
    const most = Math.max(1, ...sorted.map(({ jobs }) => jobs));
    const lines = shown.map((entry) => reasonLine(entry, most));
    const rest = sorted.slice(shown.length);
    const more = rest.reduce((sum, { jobs }) => sum + jobs, 0);
    if (rest.length > 0)
      lines.push(
        element('li', { class: 'reason-more' }, `${formatCounted(rest.length, 'other reason', 'other reasons')}: ${formatCount(more)}`),
      );
    this.#reasons.replaceChildren(...lines);
  }
}

/** @param {{reason: string, jobs: number, slots: number}} entry @param {number} most */
function reasonLine({ reason, jobs, slots }, most) {
  const bar = element('span', { class: 'reason-bar', 'aria-hidden': 'true' });
  bar.style.inlineSize = `${(100 * jobs) / most}%`;
  const words = printable(reason);
  const title = `${words}: ${formatCounted(jobs, 'job', 'jobs')} asking for ${formatCounted(slots, 'core', 'cores')}`;
  return element(
    'li',
    { class: 'reason', title, 'data-reason': reason, 'data-value': String(jobs) },
    element('span', { class: 'reason-words' }, words),
    element('span', { class: 'reason-jobs' }, formatCount(jobs)),
    bar,
  );
}

customElements.define('qm-waiting', WaitingPanel);
