// @ts-check
import { Asking } from '../asking.js';
import { element, setText } from '../element.js';
import { exchange, turnTo } from '../link.js';
import { formatClock } from '../model/ages.js';
import {
  changed,
  filtersOf,
  JOB_STATES,
  jobsQuery,
  listedStateWord,
  PAGE_SIZE,
  pageOf,
  stateOf,
} from '../model/job-list.js';
import { formatCount, formatCounted } from '../model/numbers.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
import { jobHead, jobLine } from '../panels/job-table.js';
import { Pager } from '../panels/pager.js';
import { SearchField } from '../panels/search-field.js';
import { Refreshing } from '../refreshing.js';
import { TOPICS } from '../topics.js';
/** @import {Place} from '../model/place.js' */
/** @import {Parameters} from '../model/job-list.js' */
/** @import {Job} from '../model/job-words.js' */
/** @import {World} from '../panels/row.js' */

/** The jobs of a cluster: filtered, sorted and cut into pages by the server, so that 100,000 of them are no more than 100. */
export class JobsPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {Asking} */ #asking = /** @type {any} */ (null);
  /** @type {Refreshing} */ #refreshing = /** @type {any} */ (null);
  /** @type {Parameters} */ #parameters = {};
  #search = new SearchField('find in id, name, user, group, queue, reason …');
  #states = element('div', { class: 'choices', role: 'group', 'aria-label': 'state of the jobs' });
  #filters = element('div', { class: 'chips' });
  #count = element('p', { class: 'place-count', role: 'status', 'data-field': 'count' });
  #age = element('span', { class: 'place-age', 'data-field': 'as-of' });
  #head = element('thead');
  #body = element('tbody');
  #frame = element(
    'div',
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'jobs' },
    element('table', { class: 'job-table' }, this.#head, this.#body),
  );
  #pager = new Pager();
  #asked = '';

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#asking = new Asking(world, () => this.#update());
    this.#refreshing = new Refreshing(world, this.#asking);
    this.#search.changed = (text) => this.#go({ text }, this.#parameters.text && text ? 'replace' : 'push');
    this.#pager.turn = (page) => this.#go({ page: String(page) });
    const bar = element('div', { class: 'place-bar' }, this.#search, this.#states, this.#filters);
    const foot = element('div', { class: 'place-foot' }, this.#count, this.#age, this.#pager);
    this.append(bar, this.#frame, foot);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#parameters = parameters;
    this.#search.show(parameters.text ?? '');
    this.#showFilters();
    this.#showHead();
    const query = jobsQuery(parameters);
    if (JSON.stringify(query) === this.#asked) return;
    this.#asked = JSON.stringify(query);
    this.setAttribute('aria-busy', 'true');
    this.#refreshing.of(query.cluster);
    this.#asking.ask(TOPICS.jobsQuery, query);
    if (!this.#asking.answer) this.#say('asking …');
  }

  leave() {
    this.#search.forget();
    this.#refreshing.close();
    this.#asking.close();
  }

  get #drms() {
    return this.#world.store.liveRow(this.#parameters.of ?? '')?.drms;
  }

  /** @param {Record<string, string | null>} change @param {'push' | 'replace'} [step] whether the way back leads here */
  #go(change, step = 'push') {
    const parameters = changed(this.#parameters, change);
    turnTo(this.#world.store, place('jobs', { ...parameters, page: parameters.page === '1' ? null : parameters.page }), step);
  }

  #showFilters() {
    const state = stateOf(this.#parameters);
    const choices = [null, ...JOB_STATES].filter((known) => known !== 'UNDETERMINED' || state === known);
    const buttons = choices.map((known) => {
      const text = known ? listedStateWord(known, this.#drms) : 'all';
      const pressed = String(known === state);
      const button = element('button', { type: 'button', class: 'choice', 'aria-pressed': pressed, 'data-state': known ?? 'ALL' }, text);
      button.addEventListener('click', () => this.#go({ state: known, sort: null }));
      return button;
    });
    exchange(this.#states, buttons);
    const chips = filtersOf(this.#parameters).map(({ parameter, word, value }) => {
      const name = printable(value);
      const label = `${word} ${name}: take this filter away`;
      const chip = element('button', { type: 'button', class: 'chip', 'data-filter': parameter, 'aria-label': label, title: label });
      chip.append(element('span', { class: 'chip-word' }, word), ' ', name, element('span', { class: 'chip-cross', 'aria-hidden': 'true' }, ' ×'));
      chip.addEventListener('click', () => {
        this.#go({ [parameter]: null });
        this.#frame.focus();
      });
      return chip;
    });
    exchange(this.#filters, chips);
  }

  #showHead() {
    const sortBy = (/** @type {string} */ sort) => this.#go({ sort });
    exchange(this.#head, [jobHead(this.#parameters, this.#drms, sortBy)]);
  }

  #update() {
    const { answer, trouble } = this.#asking;
    this.removeAttribute('aria-busy');
    setText(this.#age, answer ? `as of ${formatClock(answer.takenAtEpochMillis)}` : '');
    if (!answer) {
      this.#body.replaceChildren();
      this.#pager.hidden = true;
      return this.#say(printable(trouble));
    }
    const { store } = this.#world;
    const where = { parameters: this.#parameters, drms: this.#drms, now: store.liveNow(), people: store.people };
    exchange(
      this.#body,
      answer.jobs.map((/** @type {Job} */ job) => jobLine(job, where)),
    );
    const page = pageOf(this.#parameters);
    this.#pager.show(page, answer.total);
    this.#say(trouble ? printable(trouble) : countWords(answer.total, page, answer.jobs));
  }

  /** @param {string} words */
  #say(words) {
    setText(this.#count, words);
  }
}

/** @param {number} total @param {number} page @param {Job[]} jobs of the page */
function countWords(total, page, jobs) {
  if (total === 0) return 'no such job';
  if (jobs.length === 0) return `no job on this page; ${formatCounted(total, 'job', 'jobs')} in all`;
  const all = formatCounted(total, 'job', 'jobs');
  const first = (page - 1) * PAGE_SIZE + 1;
  const range = jobs.length === total ? all : `${formatCount(first)}–${formatCount(first + jobs.length - 1)} of ${all}`;
  return jobs.some(({ taskCount }) => taskCount > 1) ? `${range}, tasks of an array together` : range;
}

customElements.define('qm-place-jobs', JobsPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `Jobs of ${store.titleOf(parameters.of)}`;

export const create = () => new JobsPlace();
