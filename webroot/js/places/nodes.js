// @ts-check
import { Asking } from '../asking.js';
import { element, setText } from '../element.js';
import { exchange, turnTo } from '../link.js';
import { formatClock } from '../model/ages.js';
import { changed, pageOf } from '../model/job-list.js';
import { countsOf, groupsOf, NODE_KINDS, sorted, wantedKind, withText } from '../model/node-map.js';
import { formatCount, formatCounted } from '../model/numbers.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
import { slotWord } from '../model/words.js';
import { NodeCells } from '../panels/node-cells.js';
import { showNode } from '../panels/node-details.js';
import { nodeTable } from '../panels/node-table.js';
import { Pager } from '../panels/pager.js';
import { SearchField } from '../panels/search-field.js';
import { Refreshing } from '../refreshing.js';
import { TOPICS } from '../topics.js';
/** @import {Place} from '../model/place.js' */
/** @import {Node, Owners, Parameters} from '../model/node-map.js' */
/** @import {World} from '../panels/row.js' */

const LINES = 200;

/** Every node of a cluster: what it does, how much of it is used, who runs there, why it is out. */
export class NodesPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {Asking} */ #asking = /** @type {any} */ (null);
  /** @type {Refreshing} */ #refreshing = /** @type {any} */ (null);
  /** @type {Parameters} */ #parameters = {};
  #cluster = '';
  #search = new SearchField('find a node, user, queue or reason');
  #states = element('div', { class: 'choices', role: 'group', 'aria-label': 'state of the nodes' });
  #shapes = element('div', { class: 'choices', role: 'group', 'aria-label': 'how they are shown' });
  #note = element('p', { class: 'sheet-note', role: 'status' });
  #cells = new NodeCells();
  #details = element('aside', { class: 'node-details', 'aria-label': 'the chosen node', tabindex: '-1' });
  #map = element('div', { class: 'node-map' }, this.#cells, this.#details);
  #frame = element('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'nodes' });
  #count = element('p', { class: 'place-count', role: 'status', 'data-field': 'count' });
  #age = element('span', { class: 'place-age', 'data-field': 'as-of' });
  #pager = new Pager();
  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    this.#go({ shape: this.#parameters.shape === 'table' ? null : 'table' });
  };

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.#asking = new Asking(world, () => this.#update());
    this.#refreshing = new Refreshing(world, this.#asking);
    this.#search.changed = (text) => this.#go({ text }, this.#parameters.text && text ? 'replace' : 'push');
    this.#pager.turn = (page) => this.#go({ page: page === 1 ? null : String(page) });
    this.#cells.choose = (node) => this.#go({ node, page: this.#parameters.page ?? null }, 'replace');
    document.addEventListener('keydown', this.#key);
    const bar = element('div', { class: 'place-bar' }, this.#search, this.#states, this.#shapes);
    this.append(bar, this.#note, this.#map, this.#frame, element('div', { class: 'place-foot' }, this.#count, this.#age, this.#pager));
  }

  /** @param {Place} place */
  show({ parameters }) {
    this.#parameters = parameters;
    this.#search.show(parameters.text ?? '');
    if (parameters.of !== this.#cluster) {
      this.#cluster = parameters.of ?? '';
      this.#asking.answer = null;
      this.#refreshing.of(this.#cluster);
      this.#asking.ask(TOPICS.nodesQuery, { cluster: this.#cluster });
    }
    this.#update();
  }

  leave() {
    document.removeEventListener('keydown', this.#key);
    this.#search.forget();
    this.#refreshing.close();
    this.#asking.close();
  }

  /** @param {Record<string, string | null>} change @param {'push' | 'replace'} [step] whether the way back leads here */
  #go(change, step = 'push') {
    turnTo(this.#world.store, place('nodes', changed(this.#parameters, change)), step);
  }

  #update() {
    const { answer, trouble } = this.#asking;
    const table = this.#parameters.shape === 'table';
    this.#note.hidden = answer !== null;
    this.#map.hidden = table || !answer;
    this.#frame.hidden = !table || !answer;
    setText(this.#age, answer ? `as of ${formatClock(answer.takenAtEpochMillis)}` : '');
    setText(this.#note, answer ? '' : trouble ? printable(trouble) : 'asking …');
    /** @type {Node[]} */
    const all = answer?.nodes ?? [];
    /** @type {Owners} */
    const owners = answer?.owners ?? {};
    const found = withText(all, owners, this.#parameters.text);
    const kind = wantedKind(this.#parameters);
    const nodes = sorted(kind ? found.filter(({ nodeState }) => nodeState === kind.state) : found);
    this.#showChoices(countsOf(found), found.length, table);
    setText(this.#count, answer ? (trouble ? printable(trouble) : countWords(nodes.length, all.length)) : '');
    this.#pager.hidden = true;
    if (answer) this.#fill(nodes, owners, table);
  }

  /** @param {Node[]} nodes @param {Owners} owners @param {boolean} table */
  #fill(nodes, owners, table) {
    const { store } = this.#world;
    const { people } = store;
    const slot = slotWord(store.liveRow(this.#cluster)?.drms);
    if (table) {
      const page = pageOf(this.#parameters);
      this.#pager.show(page, nodes.length, LINES);
      exchange(this.#frame, [nodeTable(nodes.slice((page - 1) * LINES, page * LINES), owners, { parameters: this.#parameters, slot, people })]);
      return;
    }
    const { node = '', group } = this.#parameters;
    this.#cells.show(groupsOf(nodes, group === 'queue'), node);
    showNode(this.#details, nodes.find(({ nodeName }) => nodeName === node) ?? null, owners, { cluster: this.#cluster, slot, people });
  }

  /** @param {Record<string, number>} counts @param {number} all @param {boolean} table */
  #showChoices(counts, all, table) {
    const wanted = wantedKind(this.#parameters);
    const kinds = NODE_KINDS.filter((kind) => counts[kind.state] > 0 || kind === wanted);
    const states = kinds.map((kind) => {
      const sample = element('span', { class: 'node-cell node-sample', 'data-state': kind.name, 'aria-hidden': 'true' }, kind.letter);
      const number = element('span', { 'data-field': `count-${kind.name}` }, formatCount(counts[kind.state]));
      return this.#choice(kind === wanted, { state: kind === wanted ? null : kind.state }, kind.state, sample, ` ${kind.word} `, number);
    });
    exchange(this.#states, [this.#choice(wanted === null, { state: null }, 'ALL', `all ${formatCount(all)}`), ...states]);
    const byQueue = this.#parameters.group === 'queue';
    exchange(this.#shapes, [
      this.#choice(!table && !byQueue, { shape: null, group: null }, 'by-state', 'by state'),
      this.#choice(!table && byQueue, { shape: null, group: 'queue' }, 'by-queue', 'by queue'),
      this.#choice(table, { shape: 'table' }, 'table', 'table'),
    ]);
  }

  /** @param {boolean} pressed @param {Record<string, string | null>} change @param {string} name @param {...(Element | string)} content */
  #choice(pressed, change, name, ...content) {
    const button = element('button', { type: 'button', class: 'choice', 'aria-pressed': String(pressed), 'data-state': name }, ...content);
    button.addEventListener('click', () => this.#go(change));
    return button;
  }
}

/** @param {number} shown @param {number} all */
function countWords(shown, all) {
  if (shown === all) return formatCounted(all, 'node', 'nodes');
  return `${formatCount(shown)} of ${formatCounted(all, 'node', 'nodes')}`;
}

customElements.define('qm-place-nodes', NodesPlace);

/** @param {Place} place @param {import('../store.js').Store} store */
export const title = ({ parameters }, store) => `Nodes of ${store.titleOf(parameters.of)}`;

export const create = () => new NodesPlace();
