// @ts-check
import { element } from '../element.js';
import { CHOICES, offered } from '../model/view.js';
import { EVENTS } from '../store.js';
import { TimePanel } from './time.js';
/** @import {World} from './row.js' */

const SWITCHES = /** @type {const} */ ([
  ['dimension', 'show', 'whose use is shown'],
  ['measure', 'in', 'what is counted'],
  ['range', 'past', 'how far back'],
  ['shape', 'as', 'how the past is drawn'],
]);

/** The switches that set all rows. */
export class ControlsPanel extends HTMLElement {
  /** @type {HTMLInputElement[]} */
  #inputs = [];

  /** @param {World} world */
  attach(world) {
    const { store } = world;
    for (const [name, word, meaning] of SWITCHES) {
      const options = CHOICES[name].map(({ value, label, ...choice }) => {
        const input = element('input', { type: 'radio', name, value });
        this.#inputs.push(input);
        const key = 'key' in choice ? choice.key : null;
        return element('label', { title: key && `key ${key}` }, input, element('span', {}, label));
      });
      const legend = element('legend', { 'aria-label': meaning }, word);
      this.append(element('fieldset', { class: 'switch' }, legend, element('div', { class: 'segments' }, ...options)));
    }
    this.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'radio') store.changeView({ [target.name]: target.value });
    });
    const show = () => {
      const view = /** @type {Record<string, string>} */ (/** @type {unknown} */ (store.view));
      const choices = offered('dimension', { labs: store.people.labs().length > 0 }, store.view).map(({ value }) => value);
      for (const input of this.#inputs) {
        input.checked = view[input.name] === input.value;
        if (input.name === 'dimension' && input.parentElement) input.parentElement.hidden = !choices.includes(input.value);
      }
    };
    for (const event of [EVENTS.view, EVENTS.clusters]) store.addEventListener(event, show);
    show();
    const time = new TimePanel();
    this.append(time);
    time.attach(world);
  }
}

customElements.define('qm-controls', ControlsPanel);
