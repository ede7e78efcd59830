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
      setText(this.#state, { live: 'live', connecting: 'connecting', away }[store.connection]);
    };
    store.addEventListener(EVENTS.connection, show);
    show();
  }
}

customElements.define('qm-connection', ConnectionPanel);
