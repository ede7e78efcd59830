// @ts-check
import { element, setText } from '../element.js';
import { whenBack } from '../later.js';
import { printable } from '../model/printable.js';
import { PLACES } from '../places.js';
import { EVENTS } from '../store.js';
/** @import {Place} from '../model/place.js' */
/** @import {PlaceElement} from '../places.js' */
/** @import {World} from './row.js' */

/** What is open over the grid, whichever place it is. Escape, the button and the browser's way back close it. */
export class SheetPanel extends HTMLElement {
  #title = element('h2', { id: 'sheet-title', tabindex: '-1' });
  #live = element('p', { class: 'sheet-live', hidden: true }, 'Live: what is listed here is of now, not of the moment that the grid shows.');
  #close = element('button', { type: 'button', class: 'quiet-button' }, 'close');
  #body = element('div', { class: 'sheet-body' });
  #dialog = element('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-title' });
  /** @type {{name: string, content: PlaceElement, title: () => string} | null} */ #open = null;
  /** @type {Place | null} */ #wanted = null;

  /** @param {World} world */
  attach(world) {
    const { store } = world;
    this.#dialog.append(element('header', { class: 'sheet-head' }, this.#title, this.#close), this.#live, this.#body);
    this.append(this.#dialog);
    const leave = () => store.changeView({ place: null });
    this.#close.addEventListener('click', leave);
    this.#dialog.addEventListener('close', leave);
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) leave();
    });
    store.addEventListener(EVENTS.place, () => this.#show(world));
    // The names of clusters come later than a link is opened.
    store.addEventListener(EVENTS.clusters, () => this.#name());
    this.#show(world);
  }

  /** @param {World} world */
  async #show(world) {
    const { place } = world.store.view;
    this.#wanted = place;
    if (!place) return this.#leave();
    const module = await PLACES[place.name]().catch(() => null);
    // Somebody may have gone on while the code was fetched.
    if (place !== this.#wanted) return;
    if (!module) return whenBack(world.store, () => this.#show(world));
    if (this.#open?.name !== place.name) {
      this.#open?.content.leave();
      const content = module.create();
      content.attach(world);
      this.#open = { name: place.name, content, title: () => '' };
      this.#body.replaceChildren(content);
      this.#body.scrollTop = 0;
      // The link that led on is gone, and would take the focus with it.
      if (this.#dialog.open) this.#title.focus();
    }
    this.dataset.place = place.name;
    this.#open.title = () => module.title(place, world.store);
    this.#name();
    this.#live.hidden = module.showsMoments === true || world.store.view.at === null;
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#open.content.show(place);
  }

  #name() {
    if (this.#open) setText(this.#title, printable(this.#open.title()));
  }

  #leave() {
    this.#open?.content.leave();
    this.#open = null;
    delete this.dataset.place;
    this.#body.replaceChildren();
    if (this.#dialog.open) this.#dialog.close();
  }
}

customElements.define('qm-sheet', SheetPanel);
