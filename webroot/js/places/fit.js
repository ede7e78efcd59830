// @ts-check
import { Asking } from '../asking.js';
import { element, setAttribute, setText } from '../element.js';
import { aim, exchange, placeLink, turnTo } from '../link.js';
import { formatClock } from '../model/ages.js';
import { FIT_FIELDS, questionOf } from '../model/fit-question.js';
import { fitLines, summaryWords, VERDICTS } from '../model/fit-words.js';
import { statusAt } from '../model/row.js';
import { formatCounted } from '../model/numbers.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
import { placeOfQueue } from '../model/who.js';
import { Refreshing } from '../refreshing.js';
import { EVENTS } from '../store.js';
import { TOPICS } from '../topics.js';
/** @import {FitField} from '../model/fit-question.js' */
/** @import {FitLine} from '../model/fit-words.js' */
/** @import {Place} from '../model/place.js' */
/** @import {World} from '../panels/row.js' */

const PAUSE_MILLIS = 250;
/** Each question goes to all clusters and to the history. */
const REFRESH_MILLIS = 30_000;

/** How each field is named and what may stand in it. @type {Record<FitField, {label: string, placeholder: string, numeric?: boolean}>} */
const FIELDS = {
  nodes: { label: 'nodes', placeholder: 'any', numeric: true },
  cores: { label: 'cores on each', placeholder: '16', numeric: true },
  gpus: { label: 'GPUs on each', placeholder: 'none', numeric: true },
  memory: { label: 'memory on each', placeholder: 'any, or 64 GB' },
  walltime: { label: 'run time', placeholder: 'any, or 12:00:00, 3 d' },
};

/** Whether a job of some shape fits now, over all clusters: what is free, what stands in the way, how long such jobs waited. */
export class FitPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {Asking} */ #asking = /** @type {any} */ (null);
  /** @type {Refreshing} */ #refreshing = /** @type {any} */ (null);
  /** @type {Record<string, string>} */ #parameters = {};
  #question = questionOf({});
  #asked = '';
  /** The newest answer and what it was asked; the question may be further on. */
  #answered = { answer: null, anywhere: false };
  #shown = '';
  /** @type {any} */ #typing = null;
  #inputs = FIT_FIELDS.map(inputOf);
  #cluster = element('select', { 'data-field': 'of' });
  #words = element('p', { class: 'fit-question', 'data-field': 'question', id: 'fit-question' });
  #summary = element('p', { class: 'fit-summary', role: 'status', 'data-field': 'summary' });
  #foot = element('p', { class: 'place-age', 'data-field': 'as-of' });
  #tell = placeLink('tell', {}, '');
  #groups = VERDICTS.map(groupOf);
  #changed = () => this.#update();

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#asking = new Asking(world, this.#changed);
    this.#refreshing = new Refreshing(world, this.#asking, REFRESH_MILLIS);
    const form = element('form', { class: 'fit-form', 'aria-label': 'what the job asks for' });
    form.append(...this.#inputs.map((input) => element('label', {}, element('span', { class: 'fit-label' }, input.dataset.label ?? ''), input)));
    form.append(element('label', {}, element('span', { class: 'fit-label' }, 'on'), this.#cluster));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go();
    });
    form.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#go(), PAUSE_MILLIS);
    });
    const note = element('p', { class: 'fit-note' }, 'Room now is what is free at this moment, and waits are those of jobs that have started: no promise for the next.');
    this.append(form, this.#words, this.#summary, ...this.#groups.map(({ box }) => box), this.#foot, element('p', {}, this.#tell), note);
    for (const event of [EVENTS.second, EVENTS.clusters]) world.store.addEventListener(event, this.#changed);
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#parameters = { ...parameters };
    this.#question = questionOf(parameters);
    this.#showForm();
    const { query, slots } = this.#question;
    aim(this.#tell, 'tell', { of: parameters.of, cores: slots === null ? null : String(slots) });
    if (JSON.stringify(query) !== this.#asked) {
      this.#asked = JSON.stringify(query);
      if (query) {
        this.setAttribute('aria-busy', 'true');
        this.#refreshing.of(null);
        this.#asking.ask(TOPICS.fitQuery, query);
      }
    }
    this.#update();
  }

  leave() {
    clearTimeout(this.#typing);
    for (const event of [EVENTS.second, EVENTS.clusters]) this.#world.store.removeEventListener(event, this.#changed);
    this.#refreshing.close();
    this.#asking.close();
  }

  /** What stands in the form goes into the link; typing is no step of the way back. */
  #go() {
    clearTimeout(this.#typing);
    this.#typing = null;
    const texts = this.#inputs.map((input) => [input.dataset.field, input.value.trim()]);
    turnTo(this.#world.store, place('fit', { ...Object.fromEntries(texts), of: this.#cluster.value }), 'replace');
  }

  #showForm() {
    const { anywhere, troubles } = this.#question;
    for (const input of this.#inputs) {
      const field = /** @type {FitField} */ (input.dataset.field);
      const text = this.#parameters[field] ?? '';
      // Who is typing is not interrupted.
      if (this.#typing === null && input.value.trim() !== text.trim()) input.value = text;
      setAttribute(input, 'aria-invalid', troubles[field] ? 'true' : null);
      setAttribute(input, 'aria-describedby', troubles[field] ? 'fit-question' : null);
      const label = input.previousElementSibling;
      if (label && field === 'cores') setText(label, anywhere ? 'cores in all' : FIELDS.cores.label);
    }
  }

  #showClusters() {
    const clusters = this.#world.store.clusters ?? [];
    const options = [{ cluster: '', title: 'any cluster' }, ...clusters];
    const shown = JSON.stringify(options.map(({ cluster, title }) => [cluster, title]));
    if (this.#cluster.dataset.shown !== shown) {
      this.#cluster.dataset.shown = shown;
      this.#cluster.replaceChildren(...options.map(({ cluster, title }) => element('option', { value: cluster }, printable(title))));
    }
    if (this.#typing === null) this.#cluster.value = this.#parameters.of ?? '';
  }

  #update() {
    this.#showClusters();
    const { store } = this.#world;
    const { query, words } = this.#question;
    const { answer, trouble, waiting } = this.#asking;
    setText(this.#words, words);
    setAttribute(this.#words, 'data-trouble', query ? null : 'true');
    if (!waiting) this.removeAttribute('aria-busy');
    const now = store.liveNow();
    const rowOf = (/** @type {string} */ id) => store.liveRow(id);
    const statusOf = (/** @type {string} */ id) => (store.liveRow(id) ? statusAt(store.liveRow(id), now) : null);
    if (answer !== this.#answered.answer) this.#answered = { answer, anywhere: this.#question.anywhere };
    const { anywhere } = this.#answered;
    const lines = query && answer ? fitLines(answer, { anywhere, rowOf, statusOf, now }) : [];
    setText(this.#summary, !query ? '' : trouble ? printable(trouble) : answer ? summaryWords(lines) : 'asking …');
    this.#showFoot(query ? answer : null);
    const shown = JSON.stringify([lines, store.clusters]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const { fits, box, list, count } of this.#groups) {
      const own = lines.filter((line) => line.fits === fits);
      box.hidden = own.length === 0;
      setText(count, formatCounted(own.length, 'queue', 'queues'));
      exchange(list, own.map((line) => lineOf(line, store.titleOf(line.cluster))));
    }
  }

  /** @param {import('../model/fit-words.js').FitAnswer | null} answer */
  #showFoot(answer) {
    const { slots } = this.#question;
    this.#tell.hidden = !answer || slots === null;
    const where = this.#parameters.of ? printable(this.#world.store.titleOf(this.#parameters.of)) : 'any cluster';
    setText(this.#tell, `tell me when ${formatCounted(slots, 'core is', 'cores are')} free on ${where}`);
    const parts = !answer
      ? []
      : [
          `as of ${formatClock(answer.askedAtEpochMillis)}`,
          ...(answer.waitsKnown ? [] : ['how long jobs waited is not known: the history does not answer']),
          ...(answer.omitted ? [`${formatCounted(answer.omitted, 'more queue', 'more queues')} left out`] : []),
        ];
    setText(this.#foot, parts.join('; '));
  }
}

/** @param {FitField} field */
function inputOf(field) {
  const { label, placeholder, numeric } = FIELDS[field];
  const input = element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '40', placeholder, inputmode: numeric ? 'numeric' : null });
  input.dataset.field = field;
  input.dataset.label = label;
  if (field === 'cores') input.setAttribute('autofocus', '');
  return input;
}

/** What is never taken stands folded. @param {typeof VERDICTS[number]} verdict */
function groupOf({ fits, glyph, head }) {
  const count = element('span', { class: 'fit-count' });
  const list = element('ol', { class: 'fit-list' });
  const title = [element('span', { class: 'fit-glyph', 'aria-hidden': 'true' }, glyph), ` ${head} `, count];
  const folded = fits === 'NEVER';
  const box = folded
    ? element('details', { class: 'fit-group', 'data-fits': fits, hidden: true }, element('summary', {}, ...title), list)
    : element('section', { class: 'fit-group', 'data-fits': fits, hidden: true }, element('h3', {}, ...title), list);
  return { fits, box, list, count };
}

/** @param {FitLine} line @param {string} title of the cluster */
function lineOf({ cluster, queue, fits, sentence, waited, notes }, title) {
  const links = [placeLink('queues', { of: cluster }, printable(title))];
  if (queue !== null) {
    const { name, parameters } = placeOfQueue(cluster, queue);
    links.push(placeLink(name, parameters, printable(queue)));
  }
  // The same cluster stands in many lines; the focus stays in this one.
  for (const link of links) link.dataset.line = `${cluster} ${queue}`;
  const names = element('span', { class: 'fit-names' }, links[0], ...(links[1] ? [' · ', links[1]] : []));
  const words = element('span', { class: 'fit-words' }, element('span', { 'data-field': 'sentence' }, sentence));
  for (const text of [waited, ...notes]) if (text) words.append(element('span', { class: 'fit-more', 'data-field': text === waited ? 'waited' : 'note' }, text));
  return element('li', { 'data-cluster': cluster, 'data-queue': queue, 'data-fits': fits }, names, words);
}

customElements.define('qm-place-fit', FitPlace);

export const title = () => 'Will it run now?';

export const create = () => new FitPlace();
