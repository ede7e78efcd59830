// @ts-check
import { element, setText } from '../element.js';
import { aim, exchange, placeLink } from '../link.js';
import { alreadyWords, holds, MOST_RULES, ruleKey, ruleWords } from '../model/alerts.js';
import { formatClock } from '../model/ages.js';
import { parseCount } from '../model/fit-question.js';
import { printable } from '../model/printable.js';
import { statusAt } from '../model/row.js';
import { notifierOf } from '../notifier.js';
import { EVENTS } from '../store.js';
/** @import {Notice, Rule} from '../model/alerts.js' */
/** @import {Place} from '../model/place.js' */
/** @import {World} from '../panels/row.js' */

const MOST_CORES = 100_000_000;

/** What the browser lets this page do, in words. */
const PERMISSION_WORDS = Object.freeze({
  granted: 'This browser shows notifications while this page is open in a tab, also one that you do not look at.',
  default: 'Notices appear in this page. Let the browser show notifications, and you hear of them elsewhere too, while this page is open in a tab.',
  denied: 'This browser denies notifications to this page, so notices appear in the page only. Its settings for this site can change that.',
  insecure: 'Browsers show notifications only of pages that come by https or from this machine, so notices appear in the page only.',
  none: 'This browser has no notifications for pages, so notices appear in the page only.',
});

/** What somebody wants to be told of, and what she was told. */
export class TellPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {import('../notifier.js').Notifier} */ #notifier = /** @type {any} */ (null);
  #permission = element('p', { 'data-field': 'permission' });
  #allow = element('button', { type: 'button', class: 'tell-button' }, 'let this browser notify me');
  #cores = element('input', { type: 'text', inputmode: 'numeric', maxlength: '12', autocomplete: 'off', 'aria-label': 'cores', autofocus: true });
  #freeOn = element('select', { 'aria-label': 'cluster with free cores' });
  #outageOf = element('select', { 'aria-label': 'cluster that may go down' });
  #mine = element('span');
  #said = element('p', { class: 'tell-said', role: 'status', 'data-field': 'said' });
  #rules = element('ul', { class: 'tell-list', 'data-part': 'rules' });
  #notices = element('ol', { class: 'tell-list', 'data-part': 'notices' });
  #shown = '';
  #changed = () => this.#update();

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#notifier = notifierOf(world);
    this.#allow.addEventListener('click', () => this.#notifier.allow());
    const free = this.#form('free', [this.#cores, ' cores are free on ', this.#freeOn], () => this.#freeRule());
    const started = this.#form('started', [this.#mine], () => this.#startedRule());
    const outage = this.#form('outage', [this.#outageOf, ' goes down or comes back'], () => ({ kind: 'outage', cluster: this.#outageOf.value || null }));
    const head = (/** @type {string} */ text, /** @type {string} */ id) => element('h3', { id }, text);
    this.#rules.setAttribute('aria-labelledby', 'tell-rules');
    this.#notices.setAttribute('aria-labelledby', 'tell-notices');
    this.append(
      element('div', { class: 'tell-permission' }, this.#permission, this.#allow),
      head('Tell me when …', 'tell-new'),
      free,
      started,
      outage,
      this.#said,
      head('I am waiting for', 'tell-rules'),
      this.#rules,
      head('What you were told', 'tell-notices'),
      this.#notices,
    );
    this.#notifier.addEventListener('changed', this.#changed);
    for (const event of [EVENTS.second, EVENTS.clusters, EVENTS.me]) world.store.addEventListener(event, this.#changed);
  }

  /** @param {Place} place `of` and `cores` fill the form */
  show({ parameters }) {
    this.#cores.value = parameters.cores ?? (this.#cores.value || '64');
    this.#update();
    if (parameters.of) this.#freeOn.value = this.#outageOf.value = parameters.of;
  }

  leave() {
    this.#notifier.removeEventListener('changed', this.#changed);
    for (const event of [EVENTS.second, EVENTS.clusters, EVENTS.me]) this.#world.store.removeEventListener(event, this.#changed);
  }

  /** @param {string} kind @param {(Node | string)[]} parts @param {() => Rule | string} ruleOf a rule, or why there is none */
  #form(kind, parts, ruleOf) {
    const add = element('button', { type: 'submit', class: 'tell-button' }, 'tell me');
    const form = element('form', { class: 'tell-form', 'data-kind': kind }, element('span', {}, ...parts), add);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const rule = ruleOf();
      setText(this.#said, typeof rule === 'string' ? rule : this.#add(rule));
    });
    return form;
  }

  /** @param {Rule} rule @returns {string} what came of it */
  #add(rule) {
    if (this.#notifier.add(rule)) return `You are told when ${this.#wordsOf(rule)}.`;
    return this.#notifier.rules.length >= MOST_RULES ? `There are ${MOST_RULES} already: take one away first.` : 'You are waiting for that already.';
  }

  /** @returns {Rule | string} */
  #freeRule() {
    const cores = parseCount(this.#cores.value, 1, MOST_CORES);
    return cores === null ? 'How many cores? A number from 1 on.' : { kind: 'free', cluster: this.#freeOn.value || null, cores };
  }

  /** @returns {Rule | string} */
  #startedRule() {
    return this.#world.store.me === null ? 'Say first who you are: find yourself and press "this is me".' : { kind: 'started' };
  }

  /** @param {Rule} rule */
  #wordsOf(rule) {
    const { store } = this.#world;
    return ruleWords(rule, (id) => store.titleOf(id), store.me);
  }

  #update() {
    const { store } = this.#world;
    const { permission, rules, notices } = this.#notifier;
    setText(this.#permission, PERMISSION_WORDS[permission]);
    this.#allow.hidden = permission !== 'default';
    const lines = rules.map((rule) => ({ rule, words: this.#wordsOf(rule), note: this.#noteOf(rule) }));
    const shown = JSON.stringify([lines, notices, store.clusters, store.me]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#showClusters();
    this.#showMine();
    exchange(this.#rules, lines.length > 0 ? lines.map((line) => this.#ruleLine(line)) : [element('li', { class: 'tell-none' }, 'nothing yet')]);
    exchange(this.#notices, notices.length > 0 ? notices.map(noticeLine) : [element('li', { class: 'tell-none' }, 'nothing since this page was opened')]);
  }

  #showClusters() {
    const options = [{ cluster: '', title: 'any cluster' }, ...(this.#world.store.clusters ?? [])];
    const shown = JSON.stringify(options);
    if (this.dataset.clusters === shown) return;
    this.dataset.clusters = shown;
    for (const select of [this.#freeOn, this.#outageOf]) {
      const { value } = select;
      select.replaceChildren(...options.map(({ cluster, title }) => element('option', { value: cluster }, printable(title))));
      select.value = options.some(({ cluster }) => cluster === value) ? value : '';
    }
  }

  #showMine() {
    const { me } = this.#world.store;
    if (me === null) exchange(this.#mine, [document.createTextNode('a job of mine starts; '), placeLink('find', {}, 'say who you are')]);
    else exchange(this.#mine, [document.createTextNode('a job of '), placeLink('person', { who: me }, printable(me)), document.createTextNode(' starts')]);
  }

  /** Why a rule says nothing now. @param {Rule} rule */
  #noteOf(rule) {
    const { store } = this.#world;
    if (rule.kind === 'started') return store.me === null ? 'nobody has said who looks: find yourself and press "this is me"' : '';
    if (rule.cluster !== null && store.clusters && !store.clusters.some(({ cluster }) => cluster === rule.cluster)) return 'this page knows no such cluster any more';
    if (rule.kind === 'outage') return '';
    const now = store.liveNow();
    const there = (store.clusters ?? []).filter(({ cluster }) => rule.cluster === null || rule.cluster === cluster);
    const enough = there.find(({ cluster }) => holds(rule, store.liveRow(cluster), statusAt(store.liveRow(cluster), now)));
    return enough ? alreadyWords(store.liveRow(enough.cluster)?.slots?.free ?? 0, rule, enough.title) : '';
  }

  /** @param {{rule: Rule, words: string, note: string}} line */
  #ruleLine({ rule, words, note }) {
    const away = element('button', { type: 'button', class: 'quiet-button', 'data-rule': ruleKey(rule), 'aria-label': `do not tell me any more: ${words}` }, 'take away');
    away.addEventListener('click', () => {
      const buttons = [...this.#rules.querySelectorAll('button')];
      const next = buttons[buttons.indexOf(away) + 1] ?? buttons[buttons.indexOf(away) - 1];
      next?.focus();
      this.#notifier.remove(rule);
      if (!next) this.#cores.focus();
      setText(this.#said, `You are not told any more when ${words}.`);
    });
    const more = note ? [element('span', { class: 'tell-note' }, note)] : [];
    return element('li', { 'data-kind': rule.kind }, element('span', {}, words, ...more), away);
  }
}

/** @param {Notice} notice */
function noticeLine({ kind, words, atMillis, place }) {
  const link = element('a', { class: 'place-link' }, words);
  aim(link, place.name, place.parameters);
  return element('li', { 'data-notice': kind }, element('time', {}, formatClock(atMillis)), element('span', {}, link));
}

customElements.define('qm-place-tell', TellPlace);

export const title = () => 'Tell me';

export const create = () => new TellPlace();
