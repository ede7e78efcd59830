// @ts-check
import { element, setAttribute, setText } from '../element.js';
import { formatLoad, isOverloaded, kindOf, nextCell, nodeSummary, usedPart } from '../model/node-map.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
/** @import {Group, Node} from '../model/node-map.js' */

/** More of them are drawn small, without their names. */
const ROOMY = 240;

/**
 * The map: a cell for each node, one of which Tab leads to; arrows move among them. Cells stay while their node does, so that the
 * focus stays too and news costs only what it changes.
 */
export class NodeCells extends HTMLElement {
  /** @type {Map<string, HTMLButtonElement>} */ #cells = new Map();
  /** @type {HTMLButtonElement[]} */ #order = [];
  #laid = '';
  #chosen = '';
  /** @type {(name: string) => void} */ choose = () => {};

  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = 'yes';
    this.addEventListener('click', ({ target }) => {
      const cell = cellOf(target);
      if (cell) this.#go(cell);
    });
    this.addEventListener('keydown', (event) => this.#key(event));
    // 2,000 titles nobody points at would be built for nothing.
    this.addEventListener('pointerover', ({ target }) => {
      const cell = cellOf(target);
      if (cell) setAttribute(cell, 'title', cell.getAttribute('aria-label'));
    });
  }

  /** @param {Group[]} groups @param {string} chosen name of the node whose details are shown */
  show(groups, chosen) {
    const nodes = groups.flatMap((group) => group.nodes);
    this.toggleAttribute('data-roomy', nodes.length <= ROOMY);
    const names = new Set(nodes.map(({ nodeName }) => nodeName));
    for (const name of this.#cells.keys()) if (!names.has(name)) this.#cells.delete(name);
    for (const node of nodes) this.#cell(node);
    const laid = JSON.stringify(groups.map(({ name, nodes: own }) => [name, own.map(({ nodeName }) => nodeName)]));
    if (laid !== this.#laid) this.#lay(groups);
    this.#laid = laid;
    this.#mark(chosen);
  }

  /** @param {Node} node */
  #cell(node) {
    const cell = this.#cells.get(node.nodeName) ?? newCell(node.nodeName);
    this.#cells.set(node.nodeName, cell);
    const { name, letter } = kindOf(node.nodeState);
    const summary = nodeSummary(node);
    if (cell.getAttribute('aria-label') === summary) return;
    setAttribute(cell, 'aria-label', summary);
    cell.removeAttribute('title');
    setAttribute(cell, 'data-state', name);
    setAttribute(cell, 'data-load', node.loadAverage === null ? null : formatLoad(node.loadAverage));
    cell.toggleAttribute('data-overloaded', isOverloaded(node));
    setText(cell, letter);
    cell.style.setProperty('--used', `${Math.round(100 * (usedPart(node) ?? 0))}%`);
  }

  /** @param {Group[]} groups */
  #lay(groups) {
    const focused = this.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const cellsOf = (/** @type {Group} */ { nodes }) => nodes.map(({ nodeName }) => /** @type {HTMLButtonElement} */ (this.#cells.get(nodeName)));
    this.#order = groups.flatMap(cellsOf);
    this.replaceChildren(
      ...groups.map((group) => {
        const head = element('h3', { class: 'node-group' }, group.name, ' ', element('span', {}, formatCount(group.nodes.length)));
        return element('section', {}, head, element('div', { class: 'node-cells', role: 'group', 'aria-label': group.name }, ...cellsOf(group)));
      }),
    );
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  /** @param {string} chosen */
  #mark(chosen) {
    this.#chosen = this.#cells.has(chosen) ? chosen : '';
    const entry = this.#cells.get(this.#chosen) ?? this.#order[0];
    for (const cell of this.#order) {
      if (cell.tabIndex !== (cell === entry ? 0 : -1)) cell.tabIndex = cell === entry ? 0 : -1;
      const pressed = String(cell.dataset.node === this.#chosen);
      if (cell.getAttribute('aria-pressed') !== pressed) cell.setAttribute('aria-pressed', pressed);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cell = cellOf(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = getComputedStyle(/** @type {Element} */ (cell.parentElement)).gridTemplateColumns.split(' ').length;
    const next = nextCell(event.key, this.#order.indexOf(cell), this.#order.length, columns);
    if (next === null) return;
    event.preventDefault();
    this.#go(this.#order[next]);
  }

  /** @param {HTMLButtonElement} cell */
  #go(cell) {
    cell.focus();
    this.choose(cell.dataset.node ?? '');
  }
}

/** @param {EventTarget | null} target @returns {HTMLButtonElement | null} */
function cellOf(target) {
  return target instanceof Element ? target.closest('button[data-node]') : null;
}

/** @param {string} name */
function newCell(name) {
  const shown = printable(name);
  // Of names that go on with a domain the host is enough.
  return element('button', { type: 'button', class: 'node-cell', 'data-node': name, 'data-name': shown.split('.')[0], tabindex: '-1' });
}

customElements.define('qm-node-cells', NodeCells);
