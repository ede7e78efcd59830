// @ts-check
import { element } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { jobsQuery } from '../model/job-list.js';
import { formatCounted } from '../model/numbers.js';
import { pendingQuestions, withPending } from '../model/pending.js';
import { printable } from '../model/printable.js';
import { jobsOfReason } from '../model/who.js';
import { TOPICS } from '../topics.js';
/** @import {Pending, PendingQuestion} from '../model/pending.js' */
/** @import {KeyUsage} from '../model/row.js' */
/** @import {World} from './row.js' */

const LEAST_MILLIS = 10_000;
const MOST_LINES = 12;

/** Why somebody's jobs wait, in words: a row tells it of all jobs together, the jobs themselves of hers. */
export class PendingPanel extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  #head = element('h3', { class: 'place-part' }, 'Why jobs wait');
  #list = element('ol', { class: 'pending' });
  #note = element('p', { class: 'sheet-note' });
  #asked = '';
  #askedAt = 0;
  /** another number makes the answers to earlier questions worthless */
  #round = 0;
  /** @type {any} */ #later = null;

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.append(this.#head, this.#list, this.#note);
    this.hidden = true;
  }

  /** @param {{cluster: string, use: KeyUsage | null}[]} uses @param {string} who */
  show(uses, who) {
    const { store } = this.#world;
    const questions = store.picture ? [] : pendingQuestions(uses, (cluster) => store.people.loginsOf(who, cluster));
    const waits = uses.map(({ use }) => [use?.queuedJobs, use?.heldJobs]);
    const asked = JSON.stringify([questions, waits, store.session]);
    if (asked === this.#asked) return;
    const other = this.#asked === '' || JSON.stringify(JSON.parse(this.#asked)[0]) !== JSON.stringify(questions);
    this.#asked = asked;
    clearTimeout(this.#later);
    if (questions.length === 0) {
      this.#round += 1;
      this.hidden = true;
      return;
    }
    const wait = other ? 0 : Math.max(0, this.#askedAt + LEAST_MILLIS - Date.now());
    this.#later = setTimeout(() => this.#ask(questions), wait);
  }

  leave() {
    this.#round += 1;
    clearTimeout(this.#later);
  }

  /** One after the other, so that nobody else has to wait for a person with many clusters. @param {PendingQuestion[]} questions */
  async #ask(questions) {
    const round = ++this.#round;
    this.#askedAt = Date.now();
    /** @type {Pending[]} */
    let pending = [];
    let missing = 0;
    let cut = false;
    for (const question of questions) {
      const query = jobsQuery({ of: question.cluster, owner: question.login, state: question.state });
      const answer = await this.#world.bus.request(TOPICS.jobsQuery, query).catch(() => null);
      if (round !== this.#round) return;
      if (answer === null) missing += 1;
      else pending = withPending(pending, question, answer.jobs);
      cut ||= answer !== null && answer.total > answer.jobs.length;
    }
    this.#list.hidden = pending.length === 0;
    exchange(this.#list, pending.slice(0, MOST_LINES).map((one) => this.#line(one)));
    const notes = [
      pending.length > MOST_LINES ? `and ${formatCounted(pending.length - MOST_LINES, 'more reason', 'more reasons')}` : '',
      cut ? 'told of the newest jobs of each cluster' : '',
      missing > 0 ? 'not every cluster answered' : '',
    ];
    this.#note.textContent = notes.filter((words) => words).join('; ');
    this.#note.hidden = this.#note.textContent === '';
    this.hidden = false;
  }

  /** @param {Pending} one */
  #line({ cluster, login, reason, jobs }) {
    const { name, parameters } = jobsOfReason(cluster, reason);
    const words = placeLink(name, { ...parameters, owner: login }, printable(reason));
    const where = `: ${formatCounted(jobs, 'job', 'jobs')} on ${printable(this.#world.store.titleOf(cluster))}`;
    return element('li', { 'data-reason': reason, 'data-cluster': cluster, 'data-value': String(jobs) }, words, where);
  }
}

customElements.define('qm-pending', PendingPanel);
