// @ts-check
import { element } from '../element.js';
import { KEY_WORDS } from '../keys.js';

/** All keys of the page. */
export class HelpPanel extends HTMLElement {
  #dialog = element('dialog', { 'aria-label': 'keys' });

  connectedCallback() {
    if (this.firstChild) return;
    const words = KEY_WORDS.flatMap(([keys, meaning]) => [
      element('dt', {}, ...keys.split('  ').map((key) => element('kbd', {}, key))),
      element('dd', {}, meaning),
    ]);
    const close = element('button', { type: 'button', class: 'quiet-button' }, 'close');
    close.addEventListener('click', () => this.#dialog.close());
    this.#dialog.append(element('h2', {}, 'Keys'), element('dl', {}, ...words), close);
    const open = element('button', { type: 'button', class: 'quiet-button', title: 'keys (?)' }, '?');
    open.setAttribute('aria-label', 'keys');
    open.addEventListener('click', () => this.show());
    this.append(open, this.#dialog);
  }

  show() {
    if (!this.#dialog.open) this.#dialog.showModal();
  }
}

customElements.define('qm-help', HelpPanel);
