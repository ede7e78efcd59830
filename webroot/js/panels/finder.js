// @ts-check
import { element } from '../element.js';
import { aim, placeLink } from '../link.js';
import { printable } from '../model/printable.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

/** The ways to a person: find anybody, or oneself everywhere. */
export class FinderPanel extends HTMLElement {
  #find = placeLink('find', {}, 'find ', element('kbd', { 'aria-hidden': 'true' }, '/'));
  #me = placeLink('find', {}, 'me');

  /** @param {World} world */
  attach({ store }) {
    for (const link of [this.#find, this.#me]) link.classList.add('quiet-button');
    this.append(this.#find, ' ', this.#me);
    const show = () => {
      if (store.me === null) aim(this.#me, 'find', {});
      else aim(this.#me, 'person', { who: store.me });
      this.#me.title = store.me === null ? 'find yourself, and say "this is me"' : `${printable(store.me)} everywhere (m)`;
    };
    store.addEventListener(EVENTS.me, show);
    show();
  }
}

customElements.define('qm-finder', FinderPanel);
