// @ts-check
import { element } from '../element.js';
import { aim } from '../link.js';
import { formatClock } from '../model/ages.js';
import { EVENTS } from '../store.js';
/** @import {Notice} from '../model/alerts.js' */
/** @import {World} from './row.js' */

const MOST_CARDS = 3;
/** A sheet opens after its code is there. */
const SETTLE_MILLIS = 300;

/** What somebody wanted to be told of, in a corner of the page until it is put away. */
export class NoticesPanel extends HTMLElement {
  #cards = element('ol', { class: 'notice-cards', 'aria-live': 'polite', 'aria-label': 'notices' });

  /** @param {World} world */
  attach({ store }) {
    this.append(this.#cards);
    this.#move();
    store.addEventListener(EVENTS.place, () => {
      this.#move();
      setTimeout(() => this.#move(), SETTLE_MILLIS);
    });
  }

  /** @param {Notice} notice */
  show({ kind, words, atMillis, place }) {
    this.#move();
    const link = element('a', { class: 'place-link' }, words);
    aim(link, place.name, place.parameters);
    const away = element('button', { type: 'button', class: 'quiet-button', 'aria-label': `put away: ${words}` }, '×');
    const card = element('li', { class: 'notice-card', 'data-notice': kind }, element('time', {}, formatClock(atMillis)), element('span', {}, link), away);
    away.addEventListener('click', () => card.remove());
    this.#cards.prepend(card);
    while (this.#cards.children.length > MOST_CARDS) this.#cards.lastElementChild?.remove();
  }

  /** A dialog makes all beside it unreachable: it is the place then. */
  #move() {
    const host = document.querySelector('dialog[open]') ?? document.body;
    if (this.parentElement !== host) host.append(this);
  }
}

customElements.define('qm-notices', NoticesPanel);
