// @ts-check
import { element, field, setNumber, setText } from '../element.js';
import { aim } from '../link.js';
import { formatCounted } from '../model/numbers.js';
import { NODE_STATES } from '../model/words.js';
/** @import {RowState} from './row.js' */

/** Nodes by state: one bar, and the same in words. */
export class NodesPanel extends HTMLElement {
  #states = NODE_STATES.map(({ field: name, word }) => {
    const number = field(`nodes-${name}`);
    const item = element('a', { class: 'place-link count' }, number, ` ${word}`);
    return { name, number, item, segment: element('span', { class: `nodes-segment nodes-${name}` }) };
  });
  #bar = element('div', { class: 'nodes-bar', 'aria-hidden': 'true' });
  #total = element('a', { class: 'place-link nodes-total' });
  #aimed = '';
  #counted = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.#bar.append(...this.#states.map(({ segment }) => segment));
    this.append(this.#bar, element('p', { class: 'counts nodes-counts' }, this.#total, ...this.#states.map(({ item }) => item)));
  }

  /** @param {RowState} state */
  update({ row, fade }) {
    const nodes = row?.nodes;
    if (row) this.#aim(row.cluster);
    setText(this.#total, `${formatCounted(nodes?.total, 'node', 'nodes')}:`);
    const counted = NODE_STATES.map(({ field: name }) => nodes?.[name]).join(' ');
    if (counted === this.#counted) return;
    this.#counted = counted;
    this.#bar.hidden = !nodes?.total;
    for (const { name, number, item, segment } of this.#states) {
      const count = nodes?.[name] ?? null;
      setNumber(number, count, fade);
      item.hidden = !count && name !== 'free';
      segment.hidden = !count;
      segment.style.flexGrow = String(count ?? 0);
    }
  }

  /** @param {string} cluster */
  #aim(cluster) {
    if (cluster === this.#aimed) return;
    this.#aimed = cluster;
    aim(this.#total, 'nodes', { of: cluster });
    for (const { name, item } of this.#states) aim(item, 'nodes', { of: cluster, state: name.toUpperCase() });
  }
}

customElements.define('qm-nodes', NodesPanel);
