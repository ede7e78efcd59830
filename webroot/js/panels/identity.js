// @ts-check
import { element, field, setAttribute, setText } from '../element.js';
import { aim, placeLink } from '../link.js';
import { formatAge, formatClock } from '../model/ages.js';
import { printable } from '../model/printable.js';
import { backWords, schedulerName, sinceWords, STATUS_WORDS } from '../model/words.js';
import { QueueLine } from './queue-line.js';
/** @import {RowState} from './row.js' */

/** Who this row is, whether it answers, and how old the news is. */
export class IdentityPanel extends HTMLElement {
  #title = element('h2', { class: 'identity-title' });
  #scheduler = element('p', { class: 'identity-scheduler' });
  #glyph = element('span', { class: 'status-glyph', 'aria-hidden': 'true' });
  #word = field('status', 'status-word');
  #since = element('span', { class: 'status-since' });
  #changes = placeLink('changes', {}, this.#glyph, ' ', this.#word, this.#since);
  #back = field('back', 'identity-back');
  /** @type {import('../model/row.js').Outage | null} */ #lastOutage = null;
  #ageBefore = element('span', { class: 'age-before' });
  #age = field('age');
  #ageAfter = element('span', { class: 'age-after' });
  #table = element(
    'button',
    { type: 'button', class: 'quiet-button', 'aria-expanded': 'false', title: 'tables behind the charts (t)' },
    'table',
  );
  #queues = new QueueLine();
  #charts = element('button', { type: 'button', class: 'quiet-button charts-button', 'aria-expanded': 'false' }, 'charts');

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      this.#title,
      this.#scheduler,
      element(
        'div',
        { class: 'identity-news' },
        element('p', { class: 'identity-status' }, this.#changes),
        element('p', { class: 'identity-age' }, this.#ageBefore, this.#age, this.#ageAfter),
      ),
      element('p', {}, this.#back),
      this.#queues,
      element('p', { class: 'identity-buttons' }, this.#table, this.#charts),
    );
    this.#table.addEventListener('click', () => this.dispatchEvent(new Event('tables', { bubbles: true })));
    this.#charts.addEventListener('click', () => this.dispatchEvent(new Event('unfold', { bubbles: true })));
  }

  /** @param {import('../store.js').ClusterEntry} entry */
  name(entry) {
    const { title } = entry;
    this.#lastOutage = entry.lastOutage ?? null;
    aim(this.#changes, 'changes', { of: entry.cluster });
    setAttribute(this.#changes, 'title', `what happened on ${printable(title)} (e)`);
    this.#queues.name(entry);
    setText(this.#title, printable(title));
    setAttribute(this.#title, 'title', printable(title));
    setAttribute(this.#table, 'aria-label', `table of ${printable(title)}`);
    setAttribute(this.#charts, 'aria-label', `charts of ${printable(title)}`);
  }

  /** @param {'tables' | 'charts'} which @param {boolean} open */
  mark(which, open) {
    setAttribute(which === 'tables' ? this.#table : this.#charts, 'aria-expanded', String(open));
  }

  /** @param {RowState} state */
  update(state) {
    const { row, status, past } = state;
    const { glyph, word } = STATUS_WORDS[status] ?? STATUS_WORDS.UNKNOWN;
    setText(this.#scheduler, printable(schedulerName(row)));
    setText(this.#glyph, glyph);
    setText(this.#word, past && !row ? 'no news then' : word);
    this.showAges(state);
  }

  /** @param {RowState} state */
  updateQueues(state) {
    this.#queues.update(state);
  }

  /** What time alone changes. @param {Pick<RowState, 'row' | 'status' | 'now' | 'past'>} state */
  showAges({ row, status, now, past }) {
    const observed = row?.observedAtEpochMillis ?? null;
    setText(this.#since, status === 'DOWN' ? sinceWords(row?.failure?.sinceEpochMillis ?? null, now) : '');
    setText(this.#back, past || status !== 'UP' ? '' : backWords(this.#lastOutage, now));
    const lost = status === 'DOWN' || status === 'STALE';
    const age = observed === null ? '' : past ? formatClock(observed) : formatAge(observed, now);
    const before = lost ? 'last seen ' : past ? 'as of ' : '';
    setText(this.#ageBefore, observed === null ? '' : before);
    setText(this.#age, age);
    setText(this.#ageAfter, /(s|min|h)$/.test(age) ? ' ago' : '');
    setAttribute(this.#age, 'data-value', observed === null ? null : String(Math.max(0, Math.round(past ? Math.abs(now - observed) : now - observed))));
  }
}

customElements.define('qm-identity', IdentityPanel);
