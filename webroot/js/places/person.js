// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { placeLink } from '../link.js';
import { formatCount, formatCounted } from '../model/numbers.js';
import { everywhere, totalOf } from '../model/people.js';
import { printable } from '../model/printable.js';
import { STATUS_WORDS } from '../model/words.js';
import { EVENTS } from '../store.js';
/** @import {Place} from '../model/place.js' */
/** @import {KeyUsage} from '../model/row.js' */
/** @import {World} from '../panels/row.js' */

const COLUMNS = /** @type {const} */ ([
  ['running jobs', 'runningJobs'],
  ['cores', 'runningSlots'],
  ['GPUs', 'runningGpus'],
  ['waiting jobs', 'queuedJobs'],
  ['cores asked for', 'queuedSlots'],
  ['held', 'heldJobs'],
]);

/** What one person has on all clusters; who looks can say that it is her. */
export class PersonPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  #who = '';
  #summary = element('p', { class: 'person-summary', 'data-field': 'person-summary' });
  #me = element('button', { type: 'button', class: 'quiet-button' }, 'this is me');
  #meNote = element('span', { class: 'person-note' }, 'this browser remembers it: your part of each chart stands out, and key m brings you here');
  #lines = element('tbody');
  #shown = '';
  #changed = () => this.#world.work.schedule(this, () => this.#update());

  constructor() {
    super();
    this.#me.addEventListener('click', () => this.#world.store.changeMe(this.#world.store.me === this.#who ? null : this.#who));
  }

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    const heads = ['cluster', ...COLUMNS.map(([head]) => head)].map((text) => element('th', { scope: 'col' }, text));
    const table = element('table', {}, element('thead', {}, element('tr', {}, ...heads)), this.#lines);
    this.append(
      this.#summary,
      element('p', { class: 'person-me' }, this.#me, ' ', this.#meNote),
      element('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'by cluster' }, table),
    );
    for (const event of [EVENTS.row, EVENTS.clusters, EVENTS.me]) world.store.addEventListener(event, this.#changed);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#who = parameters.who ?? this.#world.store.me ?? '';
    this.#update();
  }

  leave() {
    for (const event of [EVENTS.row, EVENTS.clusters, EVENTS.me]) this.#world.store.removeEventListener(event, this.#changed);
    this.#world.work.cancel(this);
  }

  #update() {
    const { store } = this.#world;
    const isMe = store.me === this.#who;
    setAttribute(this.#me, 'aria-pressed', String(isMe));
    this.#meNote.hidden = isMe;
    const uses = everywhere(store.clusters ?? [], (id) => store.row(id), this.#who);
    const lines = uses.map((one) => ({ ...one, status: store.status(one.cluster) }));
    const shown = JSON.stringify([this.#who, lines]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const lab = store.people.labOf(this.#who);
    setText(this.#summary, summaryOf(totalOf(uses), uses.length) + (lab ? ` Of ${printable(store.people.labTitleOf(lab))}.` : ''));
    this.#lines.replaceChildren(...lines.map((line) => lineOf(line)));
  }
}

/** @param {KeyUsage & {clusters: number}} total @param {number} clusters */
function summaryOf(total, clusters) {
  if (total.clusters === 0) return `Nothing runs and nothing waits on the ${formatCounted(clusters, 'cluster', 'clusters')} that this page knows.`;
  const runs = `${formatCounted(total.runningJobs, 'job runs', 'jobs run')} on ${formatCounted(total.runningSlots, 'core', 'cores')}`;
  const gpus = total.runningGpus ? ` and ${formatCounted(total.runningGpus, 'GPU', 'GPUs')}` : '';
  const waits = total.queuedJobs ? `, ${formatCounted(total.queuedJobs, 'waits', 'wait')}` : '';
  const held = total.heldJobs ? `, ${formatCount(total.heldJobs)} held` : '';
  return `${runs}${gpus}${waits}${held}, on ${formatCount(total.clusters)} of ${formatCounted(clusters, 'cluster', 'clusters')}.`;
}

/** @param {{cluster: string, title: string, use: KeyUsage | null, status: import('../model/words.js').Status}} line */
function lineOf({ cluster, title, use, status }) {
  const name = placeLink('queues', { of: cluster }, printable(title));
  const word = status === 'UP' ? '' : ` ${STATUS_WORDS[status].glyph} ${STATUS_WORDS[status].word}`;
  return element(
    'tr',
    { 'data-cluster': cluster, 'data-status': status },
    element('th', { scope: 'row' }, name, word),
    ...COLUMNS.map(([, field]) => element('td', { 'data-field': field }, formatCount(use?.[field]))),
  );
}

customElements.define('qm-place-person', PersonPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => {
  const who = parameters.who ?? store.me ?? '';
  const name = store.people.titleOf(who);
  return name === who ? `${who} everywhere` : `${name} (${who}) everywhere`;
};

export const create = () => new PersonPlace();
