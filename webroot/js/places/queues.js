// @ts-check
import { element } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatDuration } from '../model/durations.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { queueState } from '../model/queue-words.js';
import { placeOfQueue } from '../model/who.js';
import { queuedWord } from '../model/words.js';
import { EVENTS } from '../store.js';
/** @import {Place} from '../model/place.js' */
/** @import {Queue} from '../model/row.js' */
/** @import {World} from '../panels/row.js' */

/** All queues of a cluster: what runs, what waits, what a job may ask for, whether it takes jobs. */
export class QueuesPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  #cluster = '';
  #shown = '';
  #changed = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail === this.#cluster) this.#update();
  };

  #moved = () => this.#update();

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    world.store.addEventListener(EVENTS.row, this.#changed);
    world.store.addEventListener(EVENTS.picture, this.#moved);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#cluster = parameters.of ?? '';
    this.#update();
  }

  leave() {
    this.#world.store.removeEventListener(EVENTS.row, this.#changed);
    this.#world.store.removeEventListener(EVENTS.picture, this.#moved);
  }

  #update() {
    const row = this.#world.store.row(this.#cluster);
    const queues = row?.queues ?? [];
    const none = this.#world.store.picture ? '– (not kept of that moment)' : 'No queue is known of this cluster.';
    const shown = JSON.stringify([row?.drms, queues, none]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const note = element('p', { class: 'sheet-note' }, none);
    exchange(this, [queues.length === 0 ? note : tableOf(this.#cluster, queues, row?.drms)]);
  }
}

/** @param {string} cluster @param {Queue[]} queues @param {string | null | undefined} drms */
function tableOf(cluster, queues, drms) {
  const heads = ['queue', 'running jobs', `${queuedWord(drms)} jobs`, 'longest job', 'most cores', 'state'];
  const lines = queues.map((queue) =>
    element(
      'tr',
      { 'data-queue': queue.queueName },
      element('th', { scope: 'row' }, queueLink(cluster, queue.queueName)),
      element('td', { 'data-field': 'running' }, formatCount(queue.runningJobs)),
      element('td', { 'data-field': 'queued' }, formatCount(queue.queuedJobs)),
      element('td', { 'data-field': 'walltime' }, formatDuration(queue.wallclockLimitSeconds)),
      element('td', { 'data-field': 'slots-limit' }, formatCount(queue.slotsLimit)),
      element('td', { 'data-field': 'state' }, queueState(queue)),
    ),
  );
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  return element('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'queues' }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...lines)));
}

/** @param {string} cluster @param {string} queueName */
function queueLink(cluster, queueName) {
  const { name, parameters } = placeOfQueue(cluster, queueName);
  return placeLink(name, parameters, printable(queueName));
}

customElements.define('qm-place-queues', QueuesPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `Queues of ${store.titleOf(parameters.of)}`;

export const create = () => new QueuesPlace();

/** It shows the queues as they were when the grid is of a moment of the past. */
export const showsMoments = true;
