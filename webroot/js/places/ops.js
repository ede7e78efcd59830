// @ts-check
import { Asking } from '../asking.js';
import { element, setText } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatClock } from '../model/ages.js';
import { nodeLines, oldestWords, pollLines } from '../model/ops.js';
import { printable } from '../model/printable.js';
import { EVENTS } from '../store.js';
import { TOPICS } from '../topics.js';
/** @import {World} from '../panels/row.js' */

/** Nodes tell every two seconds; a page that is read needs less. */
const REFRESH_MILLIS = 4000;

/** @type {readonly [string, string, string?][]} field, head, what it means */
const NODE_COLUMNS = [
  ['stages', 'runs'],
  ['state', 'state'],
  ['up', 'up for'],
  ['memory', 'memory', 'of the whole process'],
  ['clusters', 'polls', 'clusters that it polls'],
  ['history', 'history', 'size of the database, and what waits for the disk'],
  ['browsers', 'browsers', 'pages that are open there'],
  ['release', 'release'],
];

/** @type {readonly [string, string, string?][]} */
const POLL_COLUMNS = [
  ['node', 'polled by'],
  ['lastGood', 'last good poll'],
  ['half', 'half within', 'half of the polls of the last quarter of an hour were answered within'],
  ['most', '99 of 100 within'],
  ['reply', 'reply', 'bytes of a reply, in the mean'],
  ['polls', 'polls', 'since its poller was started'],
  ['failed', 'failed'],
  ['problems', 'not understood', 'records of replies that were not understood'],
];

/** How the mesh itself does: its nodes, who polls what and how fast, what is kept. */
export class OpsPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {Asking} */ #asking = /** @type {any} */ (null);
  #askedAt = 0;
  #say = element('p', { class: 'sheet-note', role: 'status' });
  #nodes = element('tbody');
  #polls = element('tbody');
  #tables = element('div', { class: 'ops-tables', hidden: true });
  #foot = element('p', { class: 'place-age', 'data-field': 'as-of' });
  #second = () => {
    this.#showFoot();
    if (!this.#asking.waiting && Date.now() - this.#askedAt >= REFRESH_MILLIS) this.#ask();
  };

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#asking = new Asking(world, () => this.#update());
    this.#tables.append(
      element('h3', {}, 'Nodes'),
      tableOf('nodes', ['node', NODE_COLUMNS], this.#nodes),
      element('h3', {}, 'Polls'),
      tableOf('polls', ['cluster', POLL_COLUMNS], this.#polls),
    );
    this.append(this.#say, this.#tables, this.#foot);
    world.store.addEventListener(EVENTS.second, this.#second);
  }

  show() {
    setText(this.#say, 'asking …');
    this.#ask();
  }

  leave() {
    this.#world.store.removeEventListener(EVENTS.second, this.#second);
    this.#asking.close();
  }

  #ask() {
    this.#askedAt = Date.now();
    this.#asking.ask(TOPICS.opsQuery, {});
  }

  #update() {
    const { answer, trouble } = this.#asking;
    const { store } = this.#world;
    this.#tables.hidden = !answer;
    setText(this.#say, trouble ? printable(trouble) : 'The programs behind this page: which of them run, who asks which cluster, how fast it answers, what is kept.');
    if (!answer) return;
    const order = (store.clusters ?? []).map(({ cluster }) => cluster);
    exchange(
      this.#nodes,
      nodeLines(answer).map((line) => lineOf({ 'data-node': line.node, 'data-silent': line.silent ? 'true' : null }, line.node, NODE_COLUMNS, line)),
    );
    exchange(
      this.#polls,
      pollLines(answer, order).map((line) => {
        const name = placeLink('changes', { of: line.cluster }, printable(store.titleOf(line.cluster)));
        return lineOf({ 'data-cluster': line.cluster, 'data-failing': line.failing ? 'true' : null }, name, POLL_COLUMNS, { ...line, failed: line.failures || line.failed });
      }),
    );
    this.#showFoot();
  }

  #showFoot() {
    const { answer } = this.#asking;
    if (!answer) return;
    const { store } = this.#world;
    const clusters = (store.clusters ?? []).map(({ cluster, title }) => ({ title, observedAtEpochMillis: store.liveRow(cluster)?.observedAtEpochMillis }));
    setText(this.#foot, `${oldestWords(clusters, store.liveNow())}; as of ${formatClock(answer.atEpochMillis)}`);
  }
}

/** @param {string} label @param {[string, readonly [string, string, string?][]]} columns the first head and the others @param {HTMLElement} body */
function tableOf(label, [first, columns], body) {
  const heads = columns.map(([field, text, title]) => element('th', { scope: 'col', title, 'data-column': field }, text));
  const head = element('tr', {}, element('th', { scope: 'col' }, first), ...heads);
  return element('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': label }, element('table', {}, element('thead', {}, head), body));
}

/**
 * @param {Record<string, string | null>} attributes
 * @param {Node | string} name
 * @param {readonly [string, string, string?][]} columns
 * @param {Record<string, any>} values
 */
function lineOf(attributes, name, columns, values) {
  return element('tr', attributes, element('th', { scope: 'row' }, name), ...columns.map(([field]) => element('td', { 'data-field': field }, values[field])));
}

customElements.define('qm-place-ops', OpsPlace);

export const title = () => 'The mesh';

export const create = () => new OpsPlace();
