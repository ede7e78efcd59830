// @ts-check
import { Asking } from '../asking.js';
import { element, setText } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatClock } from '../model/ages.js';
import { factsOf } from '../model/job-facts.js';
import { stateWord } from '../model/job-words.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { Refreshing } from '../refreshing.js';
import { TOPICS } from '../topics.js';
/** @import {Fact} from '../model/job-facts.js' */
/** @import {Place} from '../model/place.js' */
/** @import {Job} from '../model/job-words.js' */
/** @import {World} from '../panels/row.js' */

/** Ids that begin like the one wanted; an array has a record for each state. */
const RECORDS = 20;

/**
 * One job in full. What the last listing says of it stands there at once; the scheduler itself is asked for the rest, once, for that
 * costs the login node two commands.
 */
export class JobPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {Asking} */ #listed = /** @type {any} */ (null);
  /** @type {Asking} */ #detail = /** @type {any} */ (null);
  /** @type {Refreshing} */ #refreshing = /** @type {any} */ (null);
  #cluster = '';
  #job = '';
  #lead = element('p', { class: 'job-lead', role: 'status' });
  #facts = element('dl', { class: 'facts' });
  #links = element('p', { class: 'place-links' });
  #textHead = element('h3', {}, "The scheduler's own words");
  #textNote = element('p', { class: 'place-age' });
  #again = element('button', { type: 'button', class: 'quiet-button' }, 'ask again');
  #text = element('pre', { class: 'job-text', tabindex: '0', role: 'region', 'aria-label': "the scheduler's own words" });
  #askedAt = 0;

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#listed = new Asking(world, () => this.#update());
    this.#detail = new Asking(world, () => this.#update());
    this.#refreshing = new Refreshing(world, this.#listed);
    this.#again.addEventListener('click', () => this.#askScheduler());
    const head = element('div', { class: 'place-bar' }, this.#textHead, this.#textNote, this.#again);
    this.append(this.#lead, this.#facts, this.#links, head, this.#text);
  }

  /** @param {Place} place */
  show({ parameters }) {
    const { of = '', job = '' } = parameters;
    if (of === this.#cluster && job === this.#job) return;
    this.#cluster = of;
    this.#job = job;
    this.#listed.answer = this.#detail.answer = null;
    this.#refreshing.of(of);
    this.#listed.ask(TOPICS.jobsQuery, { cluster: of, filter: { text: job }, limit: RECORDS });
    this.#askScheduler();
  }

  leave() {
    this.#refreshing.close();
    this.#listed.close();
    this.#detail.close();
  }

  #askScheduler() {
    this.#detail.ask(TOPICS.jobQuery, { cluster: this.#cluster, jobId: this.#job });
    this.#askedAt = this.#world.store.liveNow();
    this.#update();
  }

  #update() {
    const { store } = this.#world;
    const drms = store.liveRow(this.#cluster)?.drms;
    /** @type {Job[]} */
    const records = (this.#listed.answer?.jobs ?? []).filter((/** @type {Job} */ job) => job.jobId === this.#job);
    // The listing goes on while the page is open; what the scheduler said grows old.
    const job = records[0] ?? this.#detail.answer?.job ?? null;
    const reason = this.#detail.answer?.reason ?? job?.reason ?? '';
    setText(this.#lead, this.#leadWords(job, records, printable(reason)));
    const facts = job ? factsOf(job, { cluster: this.#cluster, drms, now: store.liveNow(), people: store.people }) : [];
    exchange(this.#facts, facts.map(factNode));
    exchange(this.#links, job ? linksOf(job, this.#cluster) : []);
    this.#showText();
  }

  /** @param {Job | null} job @param {Job[]} records @param {string} reason */
  #leadWords(job, records, reason) {
    if (!job && (this.#listed.waiting || this.#detail.waiting)) return 'asking …';
    if (!job && this.#detail.trouble && this.#listed.answer?.total !== 0) return printable(this.#detail.trouble);
    if (!job) return 'This job has ended, or there was never one of this id.';
    const drms = this.#world.store.liveRow(this.#cluster)?.drms;
    const tasks = records.map((record) => `${formatCount(record.taskCount)} ${stateWord(record, drms)}`).join(', ');
    return (records.length > 1 ? `Its tasks: ${tasks}. ` : '') + (reason ? `Why it waits: ${reason}` : '');
  }

  #showText() {
    const { answer, trouble, waiting } = this.#detail;
    /** @type {string | null} */
    const text = answer?.text ?? null;
    this.#text.hidden = !text;
    // Each line by itself: printable() writes line ends out.
    setText(this.#text, (text ?? '').split('\n').map(printable).join('\n'));
    const asked = text ? `as of ${formatClock(this.#askedAt)}` : 'it says nothing more';
    setText(this.#textNote, waiting ? 'asking …' : trouble ? printable(trouble) : asked);
  }
}

/** @param {Fact} fact */
function factNode({ name, field, text, title, links }) {
  const content = links ? links.flatMap(({ place, text: words }, i) => [i > 0 ? ' ' : '', placeLink(place.name, place.parameters, words)]) : [text];
  const kind = field === 'node-names' ? 'fact fact-wide' : 'fact';
  return element('div', { class: kind }, element('dt', {}, name), element('dd', { 'data-field': field, title: title || null }, ...content));
}

/** @param {Job} job @param {string} cluster */
function linksOf(job, cluster) {
  const links = [placeLink('jobs', { of: cluster, owner: job.jobOwner }, `all jobs of ${printable(job.jobOwner)}`)];
  if (job.queueName) links.push(placeLink('jobs', { of: cluster, queue: job.queueName }, `all jobs of queue ${printable(job.queueName)}`));
  return links;
}

customElements.define('qm-place-job', JobPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `Job ${parameters.job ?? ''} on ${store.titleOf(parameters.of)}`;

export const create = () => new JobPlace();
