// @ts-check
import { element, field, setNumber, setText } from '../element.js';
import { aim, exchange, placeLink } from '../link.js';
import { formatCount, formatCounted } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { jobsOfReason } from '../model/who.js';
import { queuedWord } from '../model/words.js';
/** @import {RowState} from './row.js' */

const REASONS = 2;

/** How many jobs wait, and for what. */
export class WaitingPanel extends HTMLElement {
  #queued = field('queued');
  #queuedWord = element('span');
  #queuedLink = element('a', { class: 'place-link count count-first' }, this.#queued, ' ', this.#queuedWord);
  #counts = ['held', 'suspended', 'undetermined'].map((state) => {
    const number = field(state);
    return { state, number, item: element('a', { class: 'place-link count' }, number, ` ${state}`) };
  });
  #reasons = element('ol', { class: 'reasons' });
  #listed = '';
  #aimed = '';

  connectedCallback() {
    if (this.firstChild) return;
    const items = this.#counts.map(({ item }) => item);
    this.append(element('p', { class: 'counts' }, this.#queuedLink, ...items), this.#reasons);
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
    if (row) this.#aim(row.cluster);
    this.#list(row?.cluster ?? '', row?.waiting ?? []);
  }

  /** @param {string} cluster */
  #aim(cluster) {
    if (cluster === this.#aimed) return;
    this.#aimed = cluster;
    aim(this.#queuedLink, 'jobs', { of: cluster, state: 'QUEUED' });
    for (const { state, item } of this.#counts) aim(item, 'jobs', { of: cluster, state: state.toUpperCase() });
  }

  /** @param {string} cluster @param {{reason: string, jobs: number, slots: number}[]} waiting */
  #list(cluster, waiting) {
    const listed = JSON.stringify([cluster, waiting]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const sorted = [...waiting].sort((a, b) => b.jobs - a.jobs);
    const shown = sorted.length === REASONS + 1 ? sorted : sorted.slice(0, REASONS);
    const most = Math.max(1, ...sorted.map(({ jobs }) => jobs));
    const lines = shown.map((entry) => reasonLine(cluster, entry, most));
    const rest = sorted.slice(shown.length);
    const more = rest.reduce((sum, { jobs }) => sum + jobs, 0);
    if (rest.length > 0)
      lines.push(
        element('li', { class: 'reason-more' }, `${formatCounted(rest.length, 'other reason', 'other reasons')}: ${formatCount(more)}`),
      );
    exchange(this.#reasons, lines);
  }
}

/** @param {string} cluster @param {{reason: string, jobs: number, slots: number}} entry @param {number} most */
function reasonLine(cluster, { reason, jobs, slots }, most) {
  const bar = element('span', { class: 'reason-bar', 'aria-hidden': 'true' });
  bar.style.inlineSize = `${(100 * jobs) / most}%`;
  const words = printable(reason);
  const title = `${words}: ${formatCounted(jobs, 'job', 'jobs')} asking for ${formatCounted(slots, 'core', 'cores')}`;
  return element(
    'li',
    { class: 'reason', title, 'data-reason': reason, 'data-value': String(jobs) },
    element('span', { class: 'reason-words' }, reasonLink(cluster, reason, words)),
    element('span', { class: 'reason-jobs' }, formatCount(jobs)),
    bar,
  );
}

/** @param {string} cluster @param {string} reason @param {string} words */
function reasonLink(cluster, reason, words) {
  const { name, parameters } = jobsOfReason(cluster, reason);
  return placeLink(name, parameters, words);
}

customElements.define('qm-waiting', WaitingPanel);
