// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { aim, exchange, placeLink } from '../link.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { busiest, queuesWords } from '../model/queue-words.js';
import { placeOfQueue } from '../model/who.js';
import { queuedWord } from '../model/words.js';
/** @import {Queue} from '../model/row.js' */
/** @import {RowState} from './row.js' */

const BUSIEST = 2;

/** The queues in a line: how many are open, and what runs and waits in the busiest two. */
export class QueueLine extends HTMLElement {
  #all = placeLink('queues', {}, 'queues');
  #busiest = element('p', { class: 'queue-busiest' });
  #title = '';
  #listed = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.#all.dataset.field = 'queues';
    this.append(element('p', {}, this.#all), this.#busiest);
  }

  /** @param {import('../store.js').ClusterEntry} entry */
  name({ cluster, title }) {
    this.#title = printable(title);
    aim(this.#all, 'queues', { of: cluster });
    this.#label();
  }

  /** @param {RowState} state */
  update({ row }) {
    const queues = row?.queues ?? null;
    const listed = JSON.stringify([row?.cluster, row?.drms, queues]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    setText(this.#all, queues === null ? 'queues' : queuesWords(queues));
    this.#label();
    exchange(
      this.#busiest,
      busiest(queues ?? [], BUSIEST).map((queue) => lineOf(row?.cluster ?? '', queue, row?.drms)),
    );
  }

  #label() {
    setAttribute(this.#all, 'aria-label', `${this.#all.textContent} of ${this.#title}`);
  }
}

/** @param {string} cluster @param {Queue} queue @param {string | null | undefined} drms */
function lineOf(cluster, { queueName, runningJobs, queuedJobs }, drms) {
  const { name, parameters } = placeOfQueue(cluster, queueName);
  const words = `${printable(queueName)}: ${formatCount(runningJobs)} running, ${formatCount(queuedJobs)} ${queuedWord(drms)}`;
  const link = placeLink(name, parameters, element('span', { class: 'queue-name' }, printable(queueName)), ` ${formatCount(runningJobs)}/${formatCount(queuedJobs)}`);
  link.title = words;
  link.setAttribute('aria-label', words);
  return link;
}

customElements.define('qm-queue-line', QueueLine);
