// @ts-check
import { element, setText } from '../element.js';
import { printable } from '../model/printable.js';
import { pausedWords } from '../model/words.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

/** Says while the past is not kept, and what has to be looked at for it; nothing while all is well. */
export class HistoryNotePanel extends HTMLElement {
  #paused = element('p', { 'data-field': 'history-paused', class: 'note note-paused' });
  #alarms = element('ul', { 'data-field': 'history-alarms' });

  /** @param {World} world */
  attach({ store }) {
    // The region itself never hides: what appears in it is read out, what appears with it is not.
    this.setAttribute('role', 'status');
    this.append(this.#paused, this.#alarms);
    const show = () => {
      const words = pausedWords(store.mesh?.history, store.liveNow());
      setText(this.#paused, words);
      this.#paused.hidden = words === '';
      this.#showAlarms(store.mesh?.history?.alarms ?? []);
    };
    for (const event of [EVENTS.clusters, EVENTS.second]) store.addEventListener(event, show);
    show();
  }

  /** @param {string[]} alarms */
  #showAlarms(alarms) {
    const texts = alarms.map(printable);
    const shown = [...this.#alarms.children].map(({ lastChild }) => lastChild?.textContent);
    this.#alarms.hidden = texts.length === 0;
    if (JSON.stringify(shown) === JSON.stringify(texts)) return;
    const label = () => element('strong', {}, 'Alarm: ');
    this.#alarms.replaceChildren(...texts.map((text) => element('li', { class: 'note note-alarm' }, label(), text)));
  }
}

customElements.define('qm-history-note', HistoryNotePanel);
