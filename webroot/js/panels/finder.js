// @ts-check
import { element } from '../element.js';
import { aim, placeLink } from '../link.js';
import { FIRST_FIT } from '../model/place.js';
import { printable } from '../model/printable.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

/** The ways to a person, to a place for a job, and to news of it. */
export class FinderPanel extends HTMLElement {
  #find = placeLink('find', {}, 'find ', element('kbd', { 'aria-hidden': 'true' }, '/'));
  #me = placeLink('find', {}, 'me');
  #fit = placeLink('fit', FIRST_FIT, 'will it run now?');
  #tell = placeLink('tell', {}, 'tell me');

  /** @param {World} world */
  attach({ store }) {
    const links = [this.#find, this.#me, this.#fit, this.#tell];
    for (const link of links) link.classList.add('quiet-button');
    this.append(...links.flatMap((link) => [link, ' ']));
    this.#fit.title = 'where a job of so many cores, GPUs, memory and hours fits (f)';
    this.#tell.title = 'when cores are free, a job of yours starts, a cluster is down (n)';
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
