// @ts-check
import { element, field, setAttribute, setNumber, setText } from '../element.js';
import { placeLink } from '../link.js';
import { formatWhen } from '../model/ages.js';
import { answeringWords, notCountedWords, totalsOf } from '../model/capacity.js';
import { printable } from '../model/printable.js';
import { meshWords } from '../model/words.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

// Many rows change at once when all clusters are polled together; the sums are added up once.
const SETTLE_MILLIS = 100;

/** The site's name and the sums of all clusters. */
export class HeaderPanel extends HTMLElement {
  /** @type {any} */ #timer = null;
  #title = element('h1', { class: 'site-title' });
  #clusters = element('span', { 'data-field': 'clusters' });
  #free = field('total-free', 'figure');
  #total = field('total-slots');
  #running = field('total-running', 'figure');
  #missing = element('span', { 'data-field': 'not-counted', class: 'sums-note' });
  #waiting = field('total-queued', 'figure');
  #mesh = element('span', { 'data-field': 'mesh', class: 'mesh-note' });
  #ops = placeLink('ops', {}, 'the mesh');
  #sums = element(
    'p',
    { class: 'site-sums' },
    element('span', {}, this.#clusters),
    element('span', {}, this.#free, ' of ', this.#total, ' cores free'),
  );

  /** @param {World} world */
  attach(world) {
    const jobs = element('span', {}, this.#running, ' jobs run, ', this.#waiting, ' wait');
    this.#sums.append(jobs, this.#missing, this.#mesh, element('span', { class: 'mesh-link' }, this.#ops));
    this.#ops.title = 'how the programs behind this page do: who polls which cluster, how fast, what is kept';
    this.append(this.#title, this.#sums);
    const schedule = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        world.work.schedule(this, () => this.#update(world));
      }, SETTLE_MILLIS);
    };
    for (const event of [EVENTS.clusters, EVENTS.row, EVENTS.second, EVENTS.picture]) world.store.addEventListener(event, schedule);
    this.#update(world);
  }

  /** @param {World} world */
  #update({ store }) {
    setText(this.#title, printable(store.title || 'Clusters'));
    const title = (store.picture ? `${formatWhen(store.picture.atMillis)} · ` : '') + (store.title || 'Clusters');
    if (document.title !== title) document.title = title;
    this.#sums.hidden = store.clusters === null;
    const entries = store.clusters ?? [];
    const totals = totalsOf(entries.map(({ cluster }) => ({ status: store.status(cluster), row: store.row(cluster) })));
    setText(this.#clusters, answeringWords(totals.clusters, totals.answering, store.picture !== null));
    const known = totals.answering > 0;
    setNumber(this.#free, known ? totals.freeSlots : null);
    setNumber(this.#total, known ? totals.totalSlots : null);
    setNumber(this.#running, known ? totals.runningJobs : null);
    setNumber(this.#waiting, known ? totals.waitingJobs : null);
    const missing = entries.filter(({ cluster }) => store.status(cluster) !== 'UP').map(({ cluster }) => printable(store.titleOf(cluster)));
    setText(this.#missing, known ? notCountedWords(missing.length) : '');
    setAttribute(this.#missing, 'title', `old or not known: ${missing.join(', ')}`);
    const mesh = store.mesh?.status;
    const saidBelow = mesh === 'NO_STORE' && store.mesh?.history?.writing === false;
    setText(this.#mesh, saidBelow ? '' : printable(meshWords(mesh)));
    setAttribute(this.#mesh, 'data-value', mesh ?? null);
  }
}

customElements.define('qm-header', HeaderPanel);
