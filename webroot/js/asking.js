// @ts-check
import { BusError } from './replies.js';
import { EVENTS } from './store.js';
/** @import {World} from './panels/row.js' */

/** Codes of the bridge that another try would not change. */
const FINAL_CODES = Object.freeze([400, 404, 413]);
const RETRY_MILLIS = 5000;

/**
 * One question at a time to the server and its newest answer. What was asked before is forgotten; after a reconnect, and after a
 * failure that may pass, it is asked again.
 */
export class Asking {
  /** @type {any} body of the newest answer; the last one stays while a newer is awaited */
  answer = null;
  /** why there is none, in words */
  trouble = '';
  /** whether an answer is on its way */
  waiting = false;
  /** @type {{address: string, body: object} | null} */ #question = null;
  #world;
  #changed;
  /** @type {any} */ #retry = null;
  #again = () => {
    if (this.#world.store.connection === 'live' && this.#question) this.#ask();
  };

  /** @param {World} world @param {() => void} changed called when there is something else to show */
  constructor(world, changed) {
    this.#world = world;
    this.#changed = changed;
    world.store.addEventListener(EVENTS.connection, this.#again);
  }

  /** @param {string} address @param {object} body */
  ask(address, body) {
    this.#question = { address, body };
    this.#ask();
  }

  /** The same question once more. */
  repeat() {
    this.#again();
  }

  /** No answer is wanted any more. */
  close() {
    clearTimeout(this.#retry);
    this.#question = null;
    this.#world.store.removeEventListener(EVENTS.connection, this.#again);
  }

  async #ask() {
    const question = this.#question;
    if (!question) return;
    clearTimeout(this.#retry);
    this.waiting = true;
    try {
      const answer = await this.#world.bus.request(question.address, question.body);
      if (question !== this.#question) return;
      this.answer = answer;
      this.trouble = '';
    } catch (error) {
      if (question !== this.#question) return;
      this.trouble = troubleWords(error);
      if (error instanceof BusError && FINAL_CODES.includes(error.code)) this.answer = null;
      else this.#retry = setTimeout(this.#again, RETRY_MILLIS * (0.5 + Math.random()));
    }
    this.waiting = false;
    this.#changed();
  }
}

/** @param {unknown} error */
function troubleWords(error) {
  if (!(error instanceof BusError)) return 'the answer cannot be read';
  if (error.code === 404) return 'there is none of this name any more';
  if (error.code === 400) return `the server refuses the question: ${error.message}`;
  if (error.code === 413) return 'the answer is too long';
  if (error.code === 503 || error.code === 504) return `${error.message}; asking again`;
  return error.code === -2 ? 'no connection; asking again when it is back' : 'no answer; asking again';
}
