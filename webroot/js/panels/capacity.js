// @ts-check
import { element, field, measureText, setAttribute, setNumber, setText } from '../element.js';
import { freeNodes, gpusOf, unattributedSlots } from '../model/capacity.js';
import { slotWord, visibilityWords } from '../model/words.js';
/** @import {RowState} from './row.js' */

/** Where cores are free: the number, of how many, and the largest piece a job can have. */
export class CapacityPanel extends HTMLElement {
  #free = field('free', 'capacity-free');
  #total = field('total');
  #unit = element('span');
  #nodesFree = field('whole-nodes');
  #nodesTotal = field('whole-nodes-total');
  #nodes = element('span', {}, this.#nodesFree, ' of ', this.#nodesTotal, ' nodes free');
  #largest = field('largest-free');
  #piece = element('span', {}, 'at most ', this.#largest, ' on one');
  #gpusFree = field('gpus-free');
  #gpusTotal = field('gpus-total');
  #gpus = element('span', {}, this.#gpusFree, ' of ', this.#gpusTotal, ' GPUs free');
  #unattributed = field('unattributed');
  #unattributedLine = element('p', { class: 'capacity-note' }, this.#unattributed, ' not attributed');
  #visibility = field('visibility');
  #visibilityLine = element('p', { class: 'capacity-note capacity-limited' }, this.#visibility);

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element('p', { class: 'capacity-figure' }, this.#free),
      element('p', { class: 'capacity-of' }, 'of ', this.#total, ' ', this.#unit),
      element('p', { class: 'capacity-pieces' }, this.#nodes, this.#piece, this.#gpus),
      this.#unattributedLine,
      this.#visibilityLine,
    );
  }

  /** @param {RowState} state */
  update({ row, fade }) {
    const slots = row?.slots;
    setNumber(this.#free, slots?.free, fade);
    measureText(this.#free);
    setNumber(this.#total, slots?.total, fade);
    setText(this.#unit, `${slotWord(row?.drms)} free`);
    const nodes = freeNodes(row);
    setNumber(this.#nodesFree, nodes?.free, fade);
    setNumber(this.#nodesTotal, nodes?.total, fade);
    this.#nodes.hidden = nodes === null;
    setNumber(this.#largest, slots?.largestFreeOnOneNode, fade);
    this.#piece.hidden = !slots?.largestFreeOnOneNode;
    const gpus = gpusOf(row);
    setNumber(this.#gpusFree, gpus?.free, fade);
    setNumber(this.#gpusTotal, gpus?.total, fade);
    this.#gpus.hidden = !gpus?.total;
    const unattributed = unattributedSlots(row);
    setNumber(this.#unattributed, unattributed, fade);
    this.#unattributedLine.hidden = !unattributed;
    setText(this.#visibility, visibilityWords(row));
    setAttribute(this.#visibility, 'data-value', row?.visibility ?? null);
    this.#visibilityLine.hidden = this.#visibility.textContent === '';
  }
}

customElements.define('qm-capacity', CapacityPanel);
