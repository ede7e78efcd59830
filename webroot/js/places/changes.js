// @ts-check
import { Asking } from '../asking.js';
import { element, setText } from '../element.js';
import { exchange, placeLink, turnTo } from '../link.js';
import { formatDay, formatTimeOfDay, formatWhen } from '../model/ages.js';
import { changeLines, changesQuery, newerEnd, olderEnd } from '../model/change-words.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
import { choiceOf, rangeMillis } from '../model/view.js';
import { slotWord } from '../model/words.js';
import { Refreshing } from '../refreshing.js';
import { EVENTS } from '../store.js';
import { TOPICS } from '../topics.js';
/** @import {Place} from '../model/place.js' */
/** @import {ChangeLine} from '../model/change-words.js' */
/** @import {World} from '../panels/row.js' */

const NOTHING = 'nothing of note, as far as is known: it answered, no node went or came, nobody took or gave back many cores';
/** What another moment, another range or another server may change. */
const MOVES = Object.freeze([EVENTS.view, EVENTS.picture, EVENTS.connection]);

/** What happened on a cluster: when it answered, who took or gave back many cores, which nodes went and came. */
export class ChangesPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {Asking} */ #asking = /** @type {any} */ (null);
  /** @type {Refreshing} */ #refreshing = /** @type {any} */ (null);
  /** @type {Readonly<Record<string, string>>} */ #parameters = {};
  #query = changesQuery('', undefined, 1, 1);
  #range = element('p', { class: 'place-count', 'data-field': 'range' });
  #say = element('p', { class: 'sheet-note', role: 'status' });
  #days = element('div', { class: 'change-days' });
  #older = element('button', { type: 'button', class: 'quiet-button', 'data-turn': 'older' }, '◂ older');
  #newer = element('button', { type: 'button', class: 'quiet-button', 'data-turn': 'newer' }, 'newer ▸');
  #moved = () => this.#ask();

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#asking = new Asking(world, () => this.#update());
    const asking = this.#asking;
    // News are of a range that ends now: the same question again would not hear of them.
    this.#refreshing = new Refreshing(world, {
      get waiting() {
        return asking.waiting;
      },
      repeat: () => {
        if (!this.#parameters.to) this.#ask();
      },
    });
    this.#older.addEventListener('click', () => this.#turn(olderEnd(this.#query, asking.answer)));
    this.#newer.addEventListener('click', () => this.#turn(newerEnd(this.#query, world.store.now(), rangeMillis(world.store.view))));
    this.append(element('div', { class: 'place-bar' }, this.#older, this.#newer, this.#range), this.#say, this.#days);
    for (const event of MOVES) world.store.addEventListener(event, this.#moved);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#parameters = parameters;
    this.#refreshing.of(parameters.of ?? '');
    if (!this.#asking.answer) setText(this.#say, 'asking …');
    this.#ask();
  }

  leave() {
    for (const event of MOVES) this.#world.store.removeEventListener(event, this.#moved);
    this.#refreshing.close();
    this.#asking.close();
  }

  /** @param {string | null} to */
  #turn(to) {
    turnTo(this.#world.store, place('changes', { of: this.#parameters.of, to }));
  }

  #ask() {
    const { store } = this.#world;
    this.#query = changesQuery(this.#parameters.of ?? '', this.#parameters.to, store.now(), rangeMillis(store.view));
    this.#refreshing.asked();
    this.#asking.ask(TOPICS.feedQuery, this.#query);
  }

  #update() {
    const { answer, trouble } = this.#asking;
    const { store } = this.#world;
    const { of = '', to } = this.#parameters;
    const range = choiceOf('range', store.view.range).label;
    const newest = !to || Number(to) >= store.now();
    setText(this.#range, newest && !store.picture ? `past ${range}` : `${range} up to ${formatWhen(this.#query.toEpochMillis)}`);
    this.#newer.disabled = newest;
    setText(this.#say, trouble ? printable(trouble) : answer?.entries.length === 0 ? NOTHING : '');
    this.#say.hidden = this.#say.textContent === '';
    const lines = answer ? changeLines(answer.entries, (login) => store.people.personOf(of, login), slotWord(store.liveRow(of)?.drms)) : [];
    const shown = lines.flatMap((line, i) => {
      const day = formatDay(line.at);
      const head = i > 0 && formatDay(lines[i - 1].at) === day ? [] : [element('h3', { class: 'place-part' }, day)];
      return [...head, lineOf(of, line)];
    });
    exchange(this.#days, shown);
  }
}

/** @param {string} cluster @param {ChangeLine} line */
function lineOf(cluster, { at, kind, sign, before, name, after }) {
  const where = kind === 'use' ? place('person', { who: name }) : place('nodes', { of: cluster, node: name });
  const words = name ? [before, placeLink(where.name, where.parameters, printable(name)), after] : [before];
  return element(
    'p',
    { class: 'change', 'data-kind': kind, 'data-at': String(at) },
    element('time', { datetime: new Date(at).toISOString(), title: formatWhen(at) }, formatTimeOfDay(at)),
    element('span', { class: 'change-sign', 'aria-hidden': 'true' }, sign),
    element('span', { class: 'change-words' }, ...words, ...(name || !after ? [] : [after])),
  );
}

customElements.define('qm-place-changes', ChangesPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `What happened on ${store.titleOf(parameters.of)}`;

export const create = () => new ChangesPlace();

/** It ends at the moment that the grid shows. */
export const showsMoments = true;
