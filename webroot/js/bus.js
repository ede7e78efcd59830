// @ts-check
import { backoffMillis } from './model/backoff.js';
import { decodeFrame } from './model/frames.js';
import { BusError, Replies } from './replies.js';

// The bridge closes a socket that has not pinged for 10 s, counted from its opening.
const PING_MILLIS = 5000;
const CONNECT_MILLIS = 8000;
// Only a server that has answered a ping on this socket is held to answering the next ones.
const SILENCE_MILLIS = 16000;

/**
 * The only file that knows the bridge's protocol. Registrations outlive the socket: each new socket registers them again.
 * Events: `state` when {@link Bus#state} changed, `news` at each body that was pushed.
 */
export class Bus extends EventTarget {
  /** @type {'connecting' | 'live' | 'away'} */
  state = 'connecting';
  #open;
  #hidden;
  #random;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<string, (body: any) => void>} */
  #handlers = new Map();
  #replies = new Replies();
  #attempt = 0;
  #pongs = false;
  #heardAt = 0;
  /** @type {any} */ #retry = null;
  /** @type {any} */ #pinger = null;
  /** @type {any} */ #opening = null;

  /**
   * @param {object} world
   * @param {() => WebSocket} world.open makes a socket
   * @param {() => boolean} world.hidden true while nobody looks: a lost connection then waits for {@link Bus#wake}
   * @param {() => number} [world.random]
   */
  constructor({ open, hidden, random = Math.random }) {
    super();
    this.#open = open;
    this.#hidden = hidden;
    this.#random = random;
  }

  /** Connects, and from then on stays connected. */
  start() {
    const socket = this.#open();
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = () => this.#lost(socket);
    this.#opening = setTimeout(() => this.#drop(socket), CONNECT_MILLIS);
  }

  /** Somebody looks again, or the network is back: no more waiting. */
  wake() {
    if (this.#socket) return;
    clearTimeout(this.#retry);
    this.#attempt = 0;
    this.start();
  }

  /**
   * @param {string} address
   * @param {(body: any) => void} handler called with each body
   * @returns {() => void} takes the registration back
   */
  register(address, handler) {
    this.#handlers.set(address, handler);
    this.#send({ type: 'register', address });
    return () => {
      if (this.#handlers.delete(address)) this.#send({ type: 'unregister', address });
    };
  }

  /**
   * @param {string} address
   * @param {object} body
   * @param {number} [timeoutMillis]
   * @returns {Promise<any>} the reply's body; rejects with a {@link BusError}
   */
  request(address, body, timeoutMillis = 10_000) {
    if (!this.#isOpen()) return Promise.reject(new BusError(-2, 'not connected'));
    const { replyAddress, answer } = this.#replies.expect(timeoutMillis);
    this.#send({ type: 'send', address, body, replyAddress });
    return answer;
  }

  /** What a page that is to hear on while nobody looks must call in time; its own timers are not enough then. */
  beat() {
    if (this.#isOpen()) this.#ping();
  }

  #opened() {
    clearTimeout(this.#opening);
    this.#pongs = false;
    this.#ping();
    this.#pinger = setInterval(() => this.#ping(), PING_MILLIS);
    this.#changeState('live');
    for (const address of this.#handlers.keys()) this.#send({ type: 'register', address });
  }

  #ping() {
    if (this.#socket && this.#pongs && Date.now() - this.#heardAt > SILENCE_MILLIS) this.#drop(this.#socket);
    else this.#send({ type: 'ping' });
  }

  /** @param {string | ArrayBuffer} data */
  #received(data) {
    const frame = decodeFrame(data);
    if (!frame) return;
    this.#heardAt = Date.now();
    this.#attempt = 0;
    if (frame.type === 'pong') this.#pongs = true;
    if (this.#replies.settle(frame) || frame.type !== 'rec' || !frame.address) return;
    this.dispatchEvent(new Event('news'));
    this.#handlers.get(frame.address)?.(frame.body);
  }

  /** A socket that does not speak is left at once; its own close event may take minutes. @param {WebSocket} socket */
  #drop(socket) {
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#lost(socket);
  }

  /** @param {WebSocket} socket */
  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#opening);
    clearInterval(this.#pinger);
    this.#replies.abandon();
    this.#changeState('away');
    if (!this.#hidden()) this.#retry = setTimeout(() => this.start(), backoffMillis(this.#attempt++, this.#random));
  }

  #isOpen() {
    return this.#socket?.readyState === 1;
  }

  /** What cannot be sent now is dropped: registrations are sent again at the next opening. @param {object} frame */
  #send(frame) {
    if (this.#isOpen()) this.#socket?.send(JSON.stringify(frame));
  }

  /** @param {'connecting' | 'live' | 'away'} state */
  #changeState(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}
