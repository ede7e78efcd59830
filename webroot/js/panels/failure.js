// @ts-check
import { element, field, setText } from '../element.js';
import { printable } from '../model/printable.js';
import { failureWords } from '../model/words.js';
/** @import {RowState} from './row.js' */

/** What failed, in words, and what to try. */
export class FailurePanel extends HTMLElement {
  #words = field('failure-text', 'failure-words');
  #detail = element('p', { class: 'failure-detail' });
  #hint = field('failure-hint', 'failure-hint');
  #code = field('failure-code', 'failure-code');

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element('p', {}, this.#words),
      this.#detail,
      element('p', { class: 'failure-try' }, element('span', { class: 'failure-label' }, 'try '), this.#hint),
      element('p', {}, this.#code),
    );
  }

  /** @param {RowState} state */
  update({ row }) {
    const failure = row?.failure ?? null;
    this.hidden = failure === null;
    const { words, detail, hint } = failure ? failureWords(failure) : { words: '', detail: '', hint: '' };
    setText(this.#words, words);
    setText(this.#detail, printable(detail));
    this.#detail.title = printable(detail);
    setText(this.#hint, printable(hint));
    this.#hint.title = printable(hint);
    setText(this.#code, failure?.code ?? '');
  }
}

customElements.define('qm-failure', FailurePanel);
