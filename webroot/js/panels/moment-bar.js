// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { formatWhen } from '../model/ages.js';
import { formatMomentLink } from '../model/moment-link.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

/**
 * Says, so that nobody can miss it, that what is seen is not now. `data-time` of the body is the moment of the rows that are shown,
 * as in the link; live there is none.
 */
export class MomentBarPanel extends HTMLElement {
  #bar = element('section', { class: 'moment-bar', hidden: true, 'aria-label': 'moment shown' });
  #words = element('span', { 'data-field': 'moment', class: 'moment-words' });
  #trouble = element('span', { 'data-field': 'moment-trouble', class: 'moment-trouble' });
  #back = element('button', { type: 'button', class: 'quiet-button', 'data-action': 'live' }, 'back to live ', element('kbd', {}, 'l'));
  // Said once on the way there and back: the moment itself changes four times a second while it plays.
  #said = element('p', { class: 'only-spoken', role: 'status' });

  /** @param {World} world */
  attach({ store, moments }) {
    this.#bar.append(element('strong', {}, 'Not live'), this.#words, this.#trouble, this.#back);
    this.append(this.#bar, this.#said);
    this.#back.addEventListener('click', () => store.changeView({ at: null }));
    const show = () => {
      const { at } = store.view;
      const shown = store.picture?.atMillis ?? null;
      this.#bar.hidden = at === null;
      if (shown === null) delete document.body.dataset.time;
      else setAttribute(document.body, 'data-time', formatMomentLink(shown));
      setText(this.#words, at === null ? '' : shown === null ? `reading the grid of ${formatWhen(at)} …` : `as it was on ${formatWhen(shown)}`);
      setText(this.#trouble, at === null ? '' : moments.trouble);
      const said = at === null ? (this.#said.textContent ? 'live again' : '') : 'the past is shown, not now';
      setText(this.#said, said);
    };
    for (const event of [EVENTS.moment, EVENTS.picture]) store.addEventListener(event, show);
    show();
  }
}

customElements.define('qm-moment', MomentBarPanel);
