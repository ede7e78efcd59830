// @ts-check
import { EVENTS } from './store.js';
/** @import {Store} from './store.js' */

const AGAIN_MILLIS = 10_000;

/**
 * Does it when the server may answer again: at the next connection, or in a while where there is one, for then it was something on the
 * way there.
 *
 * @param {Store} store
 * @param {() => void} action
 */
export function whenBack(store, action) {
  if (store.connection === 'live') {
    setTimeout(action, AGAIN_MILLIS);
    return;
  }
  const look = () => {
    if (store.connection !== 'live') return;
    store.removeEventListener(EVENTS.connection, look);
    action();
  };
  store.addEventListener(EVENTS.connection, look);
}

/**
 * What a page cannot do without, where nobody is there to load it again. Some browsers remember for as long as a page lives that a
 * module could not be had, so that asking once more does not help.
 *
 * @template T
 * @param {Store} store
 * @param {Promise<T>} code
 * @param {(code: T) => void} use
 */
export function needs(store, code, use) {
  code.then(use, () => whenBack(store, () => location.reload()));
}
