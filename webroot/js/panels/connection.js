// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { formatClock } from '../model/ages.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

/** Whether news comes; a quiet bar while it does not. */
export class ConnectionPanel extends HTMLElement {
  #state = element('span', { 'data-field': 'connection', role: 'status' });

  /** @param {World} world */
  attach({ store }) {
    this.append(this.#state);
    const show = () => {
      const away =
        store.lastNewsMillis === null ? 'no connection yet, trying again' : `reconnecting, last news ${formatClock(store.lastNewsMillis)}`;
      setAttribute(this.#state, 'data-state', store.connection);
      // What comes may be live; what is seen is not.
      setText(this.#state, { live: store.view.at === null ? 'live' : 'connected', connecting: 'connecting', away }[store.connection]);
    };
    for (const event of [EVENTS.connection, EVENTS.moment]) store.addEventListener(event, show);
    show();
  }
}

customElements.define('qm-connection', ConnectionPanel);
