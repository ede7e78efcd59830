// @ts-check
import { element, setText } from '../element.js';
import { chosenTheme, rememberTheme, THEMES } from '../theme.js';

const GLYPHS = Object.freeze({ auto: '◐', light: '○', dark: '●' });

/** Light, dark, or as the system says. */
export class ThemePanel extends HTMLElement {
  #glyph = element('span', { 'aria-hidden': 'true' });
  #button = element('button', { type: 'button', class: 'quiet-button' }, this.#glyph, ' ');
  #word = element('span');

  connectedCallback() {
    if (this.firstChild) return;
    this.#button.append(this.#word);
    this.append(this.#button);
    this.#button.addEventListener('click', () => {
      rememberTheme(THEMES[(THEMES.indexOf(chosenTheme()) + 1) % THEMES.length]);
      this.#show();
    });
    this.#show();
  }

  #show() {
    const theme = chosenTheme();
    setText(this.#glyph, GLYPHS[theme]);
    setText(this.#word, theme);
    this.#button.setAttribute('aria-label', `colours: ${theme}`);
  }
}

customElements.define('qm-theme', ThemePanel);
