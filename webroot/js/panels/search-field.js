// @ts-check
import { element } from '../element.js';

const PAUSE_MILLIS = 200;

/** A field to type into; what is typed counts after a short pause, and the focus stays. */
export class SearchField extends HTMLElement {
  #input;
  /** @type {any} */ #timer = null;
  /** @type {(text: string) => void} */ changed = () => {};

  /** @param {string} label what is looked through */
  constructor(label) {
    super();
    this.#input = element('input', { type: 'search', class: 'search-field', 'aria-label': label, placeholder: label, title: label });
    this.#input.setAttribute('maxlength', '100');
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#tell(), PAUSE_MILLIS);
    });
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#tell();
      // Escape empties the field first; an empty one lets it close what it stands in.
      if (event.key !== 'Escape' || this.#input.value === '') return;
      event.preventDefault();
      event.stopPropagation();
      this.#input.value = '';
      this.#tell();
    });
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#input);
  }

  /** @param {string} text as the link has it; who is typing is not interrupted */
  show(text) {
    if (this.#timer === null && this.#input.value.trim() !== text) this.#input.value = text;
  }

  focus() {
    this.#input.focus();
  }

  /** What was typed last does not count any more. */
  forget() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tell() {
    this.forget();
    this.changed(this.#input.value.trim());
  }
}

customElements.define('qm-search-field', SearchField);
