// @ts-check
import { Asking } from '../asking.js';
import { element, setText } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatClock } from '../model/ages.js';
import { formatDuration } from '../model/durations.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { MOST_JOBS, partWords, roughly, sizeWords, topOwners, WAIT_DAYS, waitsOfQueue } from '../model/queue-facts.js';
import { queueState } from '../model/queue-words.js';
import { placeOfUser } from '../model/who.js';
import { queuedWord, slotWord } from '../model/words.js';
import { Refreshing } from '../refreshing.js';
import { EVENTS } from '../store.js';
import { TOPICS } from '../topics.js';
/** @import {Place} from '../model/place.js' */
/** @import {World} from '../panels/row.js' */

const DAY = 86_400_000;

/** One queue: what runs and waits in it, whose, its limits, and how long jobs waited in it. */
export class QueuePlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {{state: string, asking: Asking, refreshing: Refreshing, box: HTMLElement}[]} */ #lists = [];
  /** @type {Asking} */ #waits = /** @type {any} */ (null);
  #cluster = '';
  #queue = '';
  #facts = element('dl', { class: 'facts' });
  #links = element('p', { class: 'place-links' });
  #waitBox = element('section', { 'data-part': 'waits' });
  #changed = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail === this.#cluster) this.#update();
  };

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#lists = ['RUNNING', 'QUEUED'].map((state) => {
      const asking = new Asking(world, () => this.#update());
      return { state, asking, refreshing: new Refreshing(world, asking), box: element('section', { 'data-part': state.toLowerCase() }) };
    });
    this.#waits = new Asking(world, () => this.#update());
    world.store.addEventListener(EVENTS.row, this.#changed);
    this.append(this.#facts, this.#links, element('div', { class: 'queue-parts' }, ...this.#lists.map(({ box }) => box), this.#waitBox));
  }

  /** @param {Place} place */
  show({ parameters }) {
    const { of = '', queue = '' } = parameters;
    if (of === this.#cluster && queue === this.#queue) return;
    this.#cluster = of;
    this.#queue = queue;
    const now = this.#world.store.liveNow();
    for (const { state, asking, refreshing } of this.#lists) {
      asking.answer = null;
      refreshing.of(of);
      asking.ask(TOPICS.jobsQuery, { cluster: of, filter: { queueName: queue, jobState: state }, sort: '-slots', limit: MOST_JOBS });
    }
    this.#waits.answer = null;
    this.#waits.ask(TOPICS.waitsQuery, { cluster: of, fromEpochMillis: now - WAIT_DAYS * DAY, toEpochMillis: now });
    this.#update();
  }

  leave() {
    this.#world.store.removeEventListener(EVENTS.row, this.#changed);
    for (const { asking, refreshing } of this.#lists) {
      refreshing.close();
      asking.close();
    }
    this.#waits.close();
  }

  #update() {
    const row = this.#world.store.liveRow(this.#cluster);
    const line = row?.queues?.find(({ queueName }) => queueName === this.#queue) ?? null;
    const use = row?.usage?.queue?.find(({ key }) => key === this.#queue) ?? null;
    const queued = queuedWord(row?.drms);
    const slot = slotWord(row?.drms);
    const facts = [
      ['state', 'state', line ? queueState(line) : '–'],
      ['running jobs', 'running', formatCount(line?.runningJobs ?? use?.runningJobs)],
      [`${slot} in use`, 'running-slots', formatCount(row?.usage?.queue ? (use?.runningSlots ?? 0) : null)],
      [`${queued} jobs`, 'queued', formatCount(line?.queuedJobs ?? use?.queuedJobs)],
      ['longest job', 'walltime', formatDuration(line?.wallclockLimitSeconds)],
      [`most ${slot}`, 'slots-limit', formatCount(line?.slotsLimit)],
    ];
    const fact = (/** @type {string[]} */ [name, field, text]) =>
      element('div', { class: 'fact' }, element('dt', {}, name), element('dd', { 'data-field': field }, text));
    this.#facts.replaceChildren(...facts.map(fact));
    const of = this.#cluster;
    exchange(this.#links, [
      placeLink('jobs', { of, queue: this.#queue }, 'all jobs of this queue'),
      placeLink('nodes', { of, group: 'queue' }, 'nodes by queue'),
      placeLink('queues', { of }, 'all queues'),
    ]);
    for (const { state, asking, box } of this.#lists) this.#showOwners(box, asking, state === 'RUNNING' ? 'Running' : 'Waiting', state, slot);
    this.#showWaits(slot);
  }

  /** @param {HTMLElement} box @param {Asking} asking @param {string} head @param {string} state @param {string} slot */
  #showOwners(box, asking, head, state, slot) {
    const { answer, trouble } = asking;
    const title = element('h3', {}, `${head}, by user`);
    if (!answer) return box.replaceChildren(title, element('p', { class: 'place-age' }, trouble ? printable(trouble) : 'asking …'));
    const of = this.#cluster;
    const lines = topOwners(answer.jobs).map(({ owner, jobs, slots }) => {
      const { name, parameters } = placeOfUser(this.#world.store.people, of, owner);
      const list = placeLink('jobs', { of, queue: this.#queue, owner, state }, formatCount(jobs));
      return [placeLink(name, parameters, printable(owner)), formatCount(slots), list];
    });
    const note = [partWords(answer.total, answer.jobs.length), `as of ${formatClock(answer.takenAtEpochMillis)}`].filter(Boolean).join(', ');
    const table = tableOf(['user', slot, 'jobs'], lines, 'nobody');
    exchange(box, [title, table, element('p', { class: 'place-age' }, note)]);
  }

  /** @param {string} slot */
  #showWaits(slot) {
    const { answer, trouble } = this.#waits;
    const waits = waitsOfQueue(answer, this.#queue);
    const lines = waits.map((wait) => [sizeWords(wait, slot), formatCount(wait.count), roughly(wait.p50Seconds), roughly(wait.p90Seconds)]);
    const title = element('h3', {}, 'How long jobs waited');
    const note = element('p', { class: 'place-age' });
    this.#waitBox.replaceChildren(title, note);
    if (!answer) setText(note, trouble ? printable(trouble) : 'asking …');
    else if (lines.length === 0) setText(note, `No start of a job in this queue was seen in the past ${WAIT_DAYS} days.`);
    else {
      setText(note, `Jobs that started in the past ${WAIT_DAYS} days, as far as they were seen; no promise for the next.`);
      this.#waitBox.append(tableOf(['asked for', 'jobs', 'half in', '9 of 10 in'], lines, ''));
    }
  }
}

/** @param {string[]} heads @param {(Node | string)[][]} lines @param {string} empty */
function tableOf(heads, lines, empty) {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = lines.map(([name, ...cells]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((cell) => element('td', {}, cell))),
  );
  if (body.length === 0) body.push(element('tr', {}, element('td', { colspan: String(heads.length) }, empty)));
  return element('div', { class: 'table-frame' }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
}

customElements.define('qm-place-queue', QueuePlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `Queue ${parameters.queue ?? ''} of ${store.titleOf(parameters.of)}`;

export const create = () => new QueuePlace();
