// @ts-check
import { element } from '../element.js';
import { ARROW_WORDS, KEY_WORDS } from '../keys.js';
import { KEYS, recall, remember } from '../theme.js';

/** All keys of the page. */
export class HelpPanel extends HTMLElement {
  #dialog = element('dialog', { 'aria-label': 'keys' });
  #head = element('h2', { tabindex: '-1' }, 'Keys');

  connectedCallback() {
    if (this.firstChild) return;
    const words = [...KEY_WORDS, ...ARROW_WORDS].flatMap(([keys, meaning]) => [
      element('dt', {}, ...keys.split('  ').map((key) => element('kbd', {}, key))),
      element('dd', {}, meaning),
    ]);
    const close = element('button', { type: 'button', class: 'quiet-button' }, 'close');
    close.addEventListener('click', () => this.#dialog.close());
    const off = element('input', { type: 'checkbox', name: 'keys-off' });
    off.checked = recall(KEYS) === 'off';
    // Whoever speaks to the computer, or whose hand slips, presses letters without meaning them.
    off.addEventListener('change', () => remember(KEYS, off.checked ? 'off' : null));
    const choice = element('label', { class: 'keys-off' }, off, ' no single keys in this browser');
    this.#dialog.append(this.#head, element('dl', {}, ...words), choice, close);
    const open = element('button', { type: 'button', class: 'quiet-button', title: 'keys (?)' }, '?');
    open.setAttribute('aria-label', 'keys');
    open.addEventListener('click', () => this.show());
    this.append(open, this.#dialog);
  }

  show() {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    // Else the switch at its end has the focus, and what stands before it is scrolled away.
    this.#head.focus();
  }
}

customElements.define('qm-help', HelpPanel);
