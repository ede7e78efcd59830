// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { everywhere, totalOf } from '../model/people.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
import { holdings, statusNote } from '../model/use-words.js';
import { PendingPanel } from '../panels/pending.js';
import { UseTable } from '../panels/use-table.js';
import { EVENTS } from '../store.js';
/** @import {Place} from '../model/place.js' */
/** @import {KeyUsage} from '../model/row.js' */
/** @import {World} from '../panels/row.js' */

/** What may change what is shown. */
const CHANGES = Object.freeze([EVENTS.row, EVENTS.clusters, EVENTS.me, EVENTS.picture]);

/** What one person has on all clusters; who looks can say that it is her. */
export class PersonPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  #who = '';
  #summary = element('p', { class: 'person-summary' });
  #me = element('button', { type: 'button', class: 'quiet-button' }, 'this is me');
  #meNote = element('span', { class: 'person-note' }, 'this browser remembers it: your part of each chart stands out, and key m brings you here');
  #table = new UseTable('cluster');
  #pending = new PendingPanel();
  #swatch = element('span', { 'aria-hidden': 'true' });
  #holds = element('span', { 'data-field': 'person-summary' });
  #lab = element('p', { class: 'person-lab' });
  #shown = '';
  #changed = () => this.#world.work.schedule(this, () => this.#update());

  constructor() {
    super();
    this.#me.addEventListener('click', () => this.#world.store.changeMe(this.#world.store.me === this.#who ? null : this.#who));
  }

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#pending.attach(world);
    this.#summary.append(this.#swatch, this.#holds);
    this.append(this.#summary, this.#lab, element('p', { class: 'person-me' }, this.#me, ' ', this.#meNote), this.#table.frame, this.#pending);
    for (const event of CHANGES) world.store.addEventListener(event, this.#changed);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#who = parameters.who ?? this.#world.store.me ?? '';
    this.#update();
  }

  leave() {
    for (const event of CHANGES) this.#world.store.removeEventListener(event, this.#changed);
    this.#pending.leave();
    this.#world.work.cancel(this);
  }

  #update() {
    const { store } = this.#world;
    setAttribute(this.#swatch, 'class', `swatch ${this.#world.colours.classOf(this.#who)}`);
    const isMe = store.me === this.#who;
    setAttribute(this.#me, 'aria-pressed', String(isMe));
    this.#meNote.hidden = isMe;
    const uses = everywhere(store.clusters ?? [], (id) => store.row(id), this.#who);
    const lines = uses.map((one) => ({ ...one, status: store.status(one.cluster) }));
    const lab = store.people.labOf(this.#who);
    this.#pending.show(uses, this.#who);
    const shown = JSON.stringify([this.#who, lab, lines]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    setText(this.#holds, holdings(totalOf(uses), uses.length));
    this.#showLab(lab);
    this.#table.show(lines.map((line) => this.#lineOf(line)));
  }

  /** @param {string | null} lab */
  #showLab(lab) {
    this.#lab.hidden = lab === null;
    if (lab !== null) exchange(this.#lab, [element('span', {}, 'of ', placeLink('lab', { lab }, printable(this.#world.store.people.labTitleOf(lab))))]);
  }

  /** Where she has one login the cluster leads to her jobs; where more, each of them. @param {{cluster: string, title: string, use: KeyUsage | null, status: import('../model/words.js').Status}} line */
  #lineOf({ cluster, title, use, status }) {
    const logins = this.#world.store.people.loginsOf(this.#who, cluster);
    const jobsOf = (/** @type {string} */ owner, state = '') => place('jobs', { of: cluster, owner, state });
    const name = printable(title);
    const [login] = logins;
    const one = logins.length === 1;
    return {
      names: one ? [{ name, place: jobsOf(login) }] : [{ name: `${name}:`, place: null }, ...logins.map((each) => ({ name: printable(each), place: jobsOf(each) }))],
      note: statusNote(status),
      hooks: { 'data-cluster': cluster, 'data-status': status },
      use,
      places: one ? { runningJobs: jobsOf(login, 'RUNNING'), queuedJobs: jobsOf(login, 'QUEUED'), heldJobs: jobsOf(login, 'HELD') } : {},
    };
  }
}

customElements.define('qm-place-person', PersonPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => {
  const who = parameters.who ?? store.me ?? '';
  const name = store.people.titleOf(who);
  return name === who ? `${who} everywhere` : `${name} (${who}) everywhere`;
};

export const create = () => new PersonPlace();

/** Rows of a moment of the past tell of persons, too. */
export const showsMoments = true;
