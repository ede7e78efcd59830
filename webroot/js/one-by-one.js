// @ts-check
/**
 * Work on the page, one piece per task, so that the browser can answer a key or draw a frame in between. A piece that is scheduled
 * again before its turn is done once, the newest way. While nobody looks nothing is done; all of it is caught up on return.
 */
export class OneByOne {
  /** @type {Map<unknown, () => void>} */
  #pieces = new Map();
  #channel = new MessageChannel();
  #running = false;
  #held = false;

  constructor() {
    this.#channel.port1.onmessage = () => this.#next();
    document.addEventListener('visibilitychange', () => this.#run());
  }

  /** @param {unknown} key what the work is about @param {() => void} piece */
  schedule(key, piece) {
    this.#pieces.set(key, piece);
    this.#run();
  }

  /** @param {unknown} key */
  cancel(key) {
    this.#pieces.delete(key);
  }

  /** Nothing is done until {@link OneByOne#release}. */
  hold() {
    this.#held = true;
  }

  release() {
    this.#held = false;
    this.#run();
  }

  /** Nothing more is done, for good. */
  close() {
    this.#pieces.clear();
    this.#channel.port1.close();
  }

  #run() {
    if (this.#held || this.#running || document.hidden || this.#pieces.size === 0) return;
    this.#running = true;
    this.#channel.port2.postMessage(null);
  }

  #next() {
    this.#running = false;
    const first = this.#pieces.entries().next().value;
    if (!first || this.#held || document.hidden) return;
    this.#pieces.delete(first[0]);
    // The next task is asked for before this one, so that a piece that throws does not stop the others.
    this.#run();
    first[1]();
  }
}
