// @ts-check
import { element, setText } from '../element.js';
import { pagesOf } from '../model/job-list.js';
import { formatCount } from '../model/numbers.js';

/** First, previous, next, last; away where all fits on one page. */
export class Pager extends HTMLElement {
  #page = 1;
  #pages = 1;
  #words = element('span', { class: 'pager-words' });
  #buttons = [
    { to: () => 1, label: 'first page', sign: '«' },
    { to: () => this.#page - 1, label: 'previous page', sign: '‹' },
    { to: () => this.#page + 1, label: 'next page', sign: '›' },
    { to: () => this.#pages, label: 'last page', sign: '»' },
  ].map(({ to, label, sign }) => {
    const button = element('button', { type: 'button', class: 'quiet-button', 'aria-label': label, title: label }, sign);
    // A button that is disabled would lose the focus to nowhere.
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') this.turn(to());
    });
    return { to, button };
  });
  /** @type {(page: number) => void} */ turn = () => {};

  connectedCallback() {
    if (this.firstChild) return;
    const [first, previous, next, last] = this.#buttons.map(({ button }) => button);
    this.hidden = true;
    this.setAttribute('role', 'navigation');
    this.setAttribute('aria-label', 'pages');
    this.append(first, previous, this.#words, next, last);
  }

  /** @param {number} page @param {number} total of all pages @param {number} [size] of a page */
  show(page, total, size) {
    this.#page = page;
    this.#pages = pagesOf(total, size);
    this.hidden = this.#pages === 1 && page === 1;
    setText(this.#words, `page ${formatCount(page)} of ${formatCount(this.#pages)}`);
    for (const { to, button } of this.#buttons) {
      const wanted = to();
      button.setAttribute('aria-disabled', String(wanted < 1 || wanted > this.#pages || wanted === page));
    }
  }
}

customElements.define('qm-pager', Pager);
