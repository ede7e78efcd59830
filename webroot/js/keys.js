// @ts-check
import { stepped } from './model/moment.js';
import { FIRST_FIT, place } from './model/place.js';
import { CHOICES, nextMeasure, offered } from './model/view.js';
import { KEYS, recall } from './theme.js';
/** @import {World} from './panels/row.js' */
/** @import {GridPanel} from './panels/grid.js' */

/** What each key does, as the help says it. */
export const KEY_WORDS = Object.freeze([
  ['/', 'find a person, lab, cluster, queue, group or account'],
  ['m', 'me everywhere'],
  ['f', 'will it run now? where a job fits'],
  ['n', 'tell me: notifications'],
  ['j  k', 'next and previous row'],
  ['e', 'what happened on the cluster of the row'],
  ['t', 'tables behind the charts of the row'],
  ['u  g  a  q  b', 'by user, group, account, queue, lab'],
  ['c', 'cores, jobs or GPUs'],
  ['s', 'areas or lines over time'],
  ['1  2  3  4  5', 'past 1 h, 24 h, 7 d, 30 d, 1 y'],
  ['←  →', 'back and forth in time; with shift ten steps'],
  ['p', 'play the past, a day in a minute; or stop'],
  ['l', 'back to live'],
  ['?', 'these keys'],
  ['Enter', 'open what has the focus; Tab leads to it'],
  ['Esc', 'close what is open'],
]);

const FAR = 10;
/** What the arrows do where something has a use of its own for them. */
export const ARROW_WORDS = Object.freeze([
  ['←  →  Home  End', 'in a chart: read it step by step'],
  ['←  →  ↑  ↓  Home  End', 'in the map of nodes: the next node'],
]);

/** Types of inputs in which no letter is text. */
const TEXTLESS = Object.freeze(['radio', 'range']);
const OWN_ARROWS = 'input, select, textarea, .table-frame, [contenteditable]';

/**
 * What each key does, by the browser's name of it.
 *
 * @param {Pick<World, 'store' | 'player'>} world
 * @param {GridPanel} grid
 * @param {() => void} help
 * @returns {Record<string, (event: KeyboardEvent) => void>}
 */
export function actionsOf({ store, player }, grid, help) {
  const current = () => /** @type {import('./panels/row.js').RowElement | null} */ (document.activeElement?.closest('qm-row') ?? null);
  const step = (/** @type {number} */ by) => {
    const rows = grid.rows();
    const row = current();
    const index = row ? rows.indexOf(row) + by : 0;
    rows[Math.max(0, Math.min(rows.length - 1, index))]?.focus();
  };
  const move = (/** @type {number} */ steps) => store.changeView({ at: stepped(store.view, steps, store.liveNow()) });
  const choose = (/** @type {string} */ dimension) => {
    const known = { labs: store.people.labs().length > 0 };
    if (offered('dimension', known, store.view).some(({ value }) => value === dimension)) store.changeView({ dimension: /** @type {any} */ (dimension) });
  };
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    t: () => (current() ?? grid.rows()[0])?.toggleTables(),
    e: () => {
      const of = (current() ?? grid.rows()[0])?.dataset.cluster;
      if (of) store.changeView({ place: place('changes', { of }) });
    },
    c: () => store.changeView({ measure: nextMeasure(store.view) }),
    s: () => store.changeView({ shape: store.view.shape === 'areas' ? 'lines' : 'areas' }),
    ArrowLeft: ({ shiftKey }) => move(shiftKey ? -FAR : -1),
    ArrowRight: ({ shiftKey }) => move(shiftKey ? FAR : 1),
    l: () => store.changeView({ at: null }),
    p: () => player.toggle(),
    '/': () => store.changeView({ place: place('find') }),
    m: () => store.changeView({ place: store.me === null ? place('find') : place('person', { who: store.me }) }),
    f: () => store.changeView({ place: place('fit', FIRST_FIT) }),
    n: () => store.changeView({ place: place('tell') }),
    '?': help,
  };
  for (const { key, value } of CHOICES.dimension) actions[key] = () => choose(value);
  for (const { key, value } of CHOICES.range) actions[key] = () => store.changeView({ range: /** @type {any} */ (value) });
  return actions;
}

/** @param {World} world @param {GridPanel} grid @param {() => void} help */
export function listenToKeys(world, grid, help) {
  const actions = actionsOf(world, grid, help);
  document.addEventListener('keydown', (event) => {
    if (event.key.length === 1 && recall(KEYS) === 'off') return;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.target instanceof HTMLInputElement && !TEXTLESS.includes(event.target.type)) return;
    // Switches, tables and fields have a use of their own for the arrows.
    if (event.key.startsWith('Arrow') && event.target instanceof Element && event.target.closest(OWN_ARROWS)) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!action) return;
    event.preventDefault();
    action(event);
  });
}
