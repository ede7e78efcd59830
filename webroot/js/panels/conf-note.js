// @ts-check
import { element } from '../element.js';
import { confProblems, confWords } from '../model/words.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

/** Says while a changed configuration cannot be used, and what is wrong with it; nothing while all is well. */
export class ConfNotePanel extends HTMLElement {
  #shown = '';

  /** @param {World} world */
  attach({ store }) {
    // The region itself never hides: what appears in it is read out, what appears with it is not.
    this.setAttribute('role', 'status');
    const show = () => {
      /** @type {import('../model/words.js').ConfState[]} */
      const broken = store.mesh?.configuration ?? [];
      const texts = broken.map((conf) => [confWords(conf, store.liveNow()), ...confProblems(conf)]);
      const now = JSON.stringify(texts);
      if (now === this.#shown) return;
      this.#shown = now;
      this.replaceChildren(...texts.flatMap(([words, ...problems]) => this.#note(words, problems)));
    };
    for (const event of [EVENTS.clusters, EVENTS.second]) store.addEventListener(event, show);
    show();
  }

  /** @param {string} words @param {string[]} problems */
  #note(words, problems) {
    const lines = problems.map((text) => element('li', {}, text));
    return element('div', { class: 'note note-alarm conf-note', 'data-field': 'conf-broken' }, words, element('ul', {}, ...lines));
  }
}

customElements.define('qm-conf-note', ConfNotePanel);
