// @ts-check
/** @import {BridgeFrame} from './model/frames.js' */

/** Why a request failed. `code` is the bridge's failureCode; -1 no answer in time, -2 no connection. */
export class BusError extends Error {
  /** @param {number} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** The requests that wait for their answer, by the reply address made for each. */
export class Replies {
  /** @type {Map<string, {resolve: (body: any) => void, reject: (error: BusError) => void, timer: any}>} */
  #waiting = new Map();
  #count = 0;

  /**
   * @param {number} timeoutMillis
   * @returns {{replyAddress: string, answer: Promise<any>}}
   */
  expect(timeoutMillis) {
    const replyAddress = `reply-${++this.#count}-${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
    const answer = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(replyAddress);
        reject(new BusError(-1, 'no answer in time'));
      }, timeoutMillis);
      this.#waiting.set(replyAddress, { resolve, reject, timer });
    });
    return { replyAddress, answer };
  }

  /** @param {BridgeFrame} frame @returns {boolean} whether the frame answered a request */
  settle(frame) {
    const waiting = this.#waiting.get(frame.address ?? '');
    if (!waiting) return false;
    clearTimeout(waiting.timer);
    this.#waiting.delete(frame.address ?? '');
    if (frame.type === 'rec') waiting.resolve(frame.body);
    else waiting.reject(new BusError(frame.failureCode ?? 0, String(frame.message ?? frame.body ?? frame.failureType)));
    return true;
  }

  /** The connection is gone, and the answers with it. */
  abandon() {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new BusError(-2, 'connection lost'));
    }
    this.#waiting.clear();
  }
}
