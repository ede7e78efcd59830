// @ts-check
import { element } from '../element.js';
import { FailurePanel } from './failure.js';
import { HistoryPanel } from './history.js';
import { NodesPanel } from './nodes.js';
import { UsagePanel } from './usage.js';
import { WaitingPanel } from './waiting.js';
/** @import {HistoryFeed} from '../history-feed.js' */
/** @import {RowState} from './row.js' */

/** What of a row only needs to be there for who looks at it: charts, and what waits, runs and failed. */
export class RowBody {
  #usage = new UsagePanel();
  #history = new HistoryPanel();
  #failure = new FailurePanel();
  #waiting = new WaitingPanel();
  #nodes = new NodesPanel();
  #sizes;
  /** whether there are charts */
  drawn = false;

  /** @param {(width: number, height: number) => void} sized the chart over time has another size, pixels */
  constructor(sized) {
    this.#sizes = new ResizeObserver((entries) => {
      const { width, height } = entries[entries.length - 1].contentRect;
      sized(Math.round(width), Math.round(height));
    });
    this.#sizes.observe(this.#history);
  }

  /** @returns {HTMLElement[]} in their order */
  elements() {
    return [this.#usage, this.#history, element('div', { class: 'row-side' }, this.#failure, this.#waiting, this.#nodes)];
  }

  /** @param {number} width @param {number} height @returns {number | null} pixels between the axes; null where nothing changed */
  resize(width, height) {
    return this.#history.resize(width, height) ? this.#history.plotWidth : null;
  }

  /** @param {RowState} state @param {HistoryFeed} feed */
  update(state, feed) {
    this.drawn = state.drawn;
    for (const panel of [this.#usage, this.#failure, this.#waiting, this.#nodes]) panel.update(state);
    this.#history.update(state, feed);
  }
}
