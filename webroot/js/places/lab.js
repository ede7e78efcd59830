// @ts-check
import { element, setText } from '../element.js';
import { everywhere, labEverywhere, totalOf } from '../model/people.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
import { holdings, statusNote } from '../model/use-words.js';
import { UseTable } from '../panels/use-table.js';
import { EVENTS } from '../store.js';
/** @import {Place} from '../model/place.js' */
/** @import {World} from '../panels/row.js' */

/** What one lab has on all clusters, and who of it. */
export class LabPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  #lab = '';
  #summary = element('p', { class: 'person-summary', 'data-field': 'lab-summary' });
  #note = element('p', { class: 'sheet-note' });
  #clusters = new UseTable('cluster');
  #members = new UseTable('member');
  #shown = '';
  #changed = () => this.#world.work.schedule(this, () => this.#update());

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.append(this.#summary, this.#clusters.frame, element('h3', { class: 'place-part' }, 'Who is of it'), this.#members.frame, this.#note);
    for (const event of [EVENTS.row, EVENTS.clusters, EVENTS.picture]) world.store.addEventListener(event, this.#changed);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#lab = parameters.lab ?? '';
    this.#update();
  }

  leave() {
    for (const event of [EVENTS.row, EVENTS.clusters, EVENTS.picture]) this.#world.store.removeEventListener(event, this.#changed);
    this.#world.work.cancel(this);
  }

  #update() {
    const { store } = this.#world;
    const clusters = store.clusters ?? [];
    const rowOf = (/** @type {string} */ id) => store.row(id);
    const uses = labEverywhere(clusters, rowOf, this.#lab).map((one) => ({ ...one, status: store.status(one.cluster) }));
    const members = store.people.membersOf(this.#lab).map((who) => ({ who, title: store.people.titleOf(who), use: totalOf(everywhere(clusters, rowOf, who)) }));
    members.sort((a, b) => b.use.runningSlots - a.use.runningSlots || (a.who < b.who ? -1 : 1));
    const shown = JSON.stringify([this.#lab, uses, members]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    setText(this.#summary, holdings(totalOf(uses), uses.length));
    this.#clusters.show(
      uses.map(({ cluster, title, use, status }) => ({
        names: [{ name: printable(title), place: place('queues', { of: cluster }) }],
        note: statusNote(status),
        hooks: { 'data-cluster': cluster, 'data-status': status },
        use,
      })),
    );
    this.#members.show(
      members.map(({ who, title, use }) => ({
        names: [{ name: printable(title === who ? who : `${title} (${who})`), place: place('person', { who }) }],
        hooks: { 'data-who': who },
        use,
      })),
    );
    this.#members.frame.hidden = members.length === 0;
    setText(this.#note, members.length > 0 ? 'A lab may have groups and accounts, too: its sums then hold more than its members.' : 'Nobody is named; its groups and accounts tell what is its.');
  }
}

customElements.define('qm-place-lab', LabPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `${store.people.labTitleOf(parameters.lab ?? '')} everywhere`;

export const create = () => new LabPlace();

/** Rows of a moment of the past tell of labs, too. */
export const showsMoments = true;
