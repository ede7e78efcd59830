// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { formatTick, formatWhen } from '../model/ages.js';
import { momentOrNow, sliderOf, stepped, ticksBetween, windowOf } from '../model/moment.js';
import { rangeMillis } from '../model/view.js';
import { EVENTS } from '../store.js';
/** @import {World} from './row.js' */

const FAR = 10;

/** Which moment the grid shows: a slider over the range of the charts, steps, play, and the way back to now. */
export class TimePanel extends HTMLElement {
  #slider = element('input', { type: 'range', min: '0', step: '1', class: 'time-slider', 'aria-label': 'moment shown' });
  #ticks = element('div', { class: 'time-ticks', 'aria-hidden': 'true' });
  #play = element('button', { type: 'button', class: 'quiet-button', 'data-action': 'play', title: 'a day in a minute (p)' });
  #now = element('button', { type: 'button', class: 'quiet-button', 'data-action': 'now', title: 'back to live (l)' }, 'now');
  #ticked = '';
  /** @type {World} */ #world = /** @type {any} */ (null);

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    const { store, player } = world;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'time');
    const back = this.#stepButton('◂', 'one step back (←)', -1);
    const forth = this.#stepButton('▸', 'one step on (→)', 1);
    const track = element('div', { class: 'time-track' }, this.#slider, this.#ticks);
    this.append(element('span', { class: 'time-word', 'aria-hidden': 'true' }, 'time'), back, track, forth, this.#play, this.#now);
    this.#slider.addEventListener('input', () => this.#slid());
    this.#slider.addEventListener('keydown', (event) => this.#press(event));
    this.#play.addEventListener('click', () => player.toggle());
    this.#now.addEventListener('click', () => store.changeView({ at: null }));
    const show = () => this.#show();
    for (const event of [EVENTS.view, EVENTS.moment, EVENTS.second]) store.addEventListener(event, show);
    player.addEventListener('change', show);
    show();
  }

  /** @param {string} sign @param {string} words @param {number} steps */
  #stepButton(sign, words, steps) {
    const button = element('button', { type: 'button', class: 'quiet-button', title: words, 'aria-label': words }, sign);
    button.addEventListener('click', () => this.#move(steps));
    return button;
  }

  /** @param {number} steps */
  #move(steps) {
    const { store } = this.#world;
    store.changeView({ at: stepped(store.view, steps, store.liveNow()) });
  }

  #slid() {
    const { store } = this.#world;
    const { from, step, count } = sliderOf(store.view, store.liveNow());
    const index = Number(this.#slider.value);
    const live = index === count && windowOf(store.view, store.liveNow()).live;
    store.changeView({ at: live ? null : momentOrNow(from + index * step, store.liveNow()) });
  }

  /** The slider's own keys, but through the whole past, and ten steps with shift. @param {KeyboardEvent} event */
  #press(event) {
    const { store } = this.#world;
    const far = event.shiftKey ? FAR : 1;
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => this.#move(-far),
      ArrowDown: () => this.#move(-far),
      ArrowRight: () => this.#move(far),
      ArrowUp: () => this.#move(far),
      PageDown: () => this.#move(-FAR),
      PageUp: () => this.#move(FAR),
      Home: () => store.changeView({ at: sliderOf(store.view, store.liveNow()).from }),
      End: () => store.changeView({ at: null }),
    };
    if (!Object.hasOwn(actions, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    actions[event.key]();
  }

  #show() {
    const { store, player } = this.#world;
    const { at, range } = store.view;
    const { from, step, count } = sliderOf(store.view, store.liveNow());
    const to = from + count * step;
    setAttribute(this.#slider, 'max', String(count));
    const index = String(at === null ? count : Math.max(0, Math.min(count, Math.round((at - from) / step))));
    if (this.#slider.value !== index) this.#slider.value = index;
    setAttribute(this.#slider, 'aria-valuetext', at === null ? 'now' : formatWhen(at));
    setAttribute(this.#now, 'aria-pressed', String(at === null));
    this.#play.hidden = !player.allowed;
    setText(this.#play, player.playing ? 'stop' : 'play');
    const ticks = ticksBetween(from, to, range).map((tick) => ({
      share: Math.round((1000 * (tick - from)) / (to - from)) / 1000,
      text: formatTick(tick, rangeMillis(store.view)),
    }));
    this.#tick(ticks);
  }

  /** @param {{share: number, text: string}[]} ticks */
  #tick(ticks) {
    const ticked = JSON.stringify(ticks);
    if (ticked === this.#ticked) return;
    this.#ticked = ticked;
    this.#ticks.replaceChildren(
      ...ticks.map(({ share, text }) => {
        const tick = element('span', { class: 'time-tick' }, element('span', {}, text));
        tick.style.left = `${100 * share}%`;
        return tick;
      }),
    );
  }
}

customElements.define('qm-time', TimePanel);
