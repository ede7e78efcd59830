// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Bus } from '../js/bus.js';

/** A socket that the test opens, feeds and closes. */
class Socket {
  readyState = 0;
  /** @type {any[]} */ sent = [];
  closed = false;
  /** @type {any} */ onopen = null;
  /** @type {any} */ onmessage = null;
  /** @type {any} */ onclose = null;

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
    this.readyState = 3;
  }
  opens() {
    this.readyState = 1;
    this.onopen();
  }
  /** @param {object} frame sent as the bridge does, in binary */
  says(frame) {
    this.onmessage({ data: new TextEncoder().encode(JSON.stringify(frame)).buffer });
  }
  breaks() {
    this.readyState = 3;
    this.onclose();
  }
  /** @param {string} type */
  frames(type) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

/** @type {Socket[]} */ let sockets = [];
let hidden = false;
/** @type {Bus} */ let bus;
const newest = () => sockets[sockets.length - 1];

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 });
  sockets = [];
  hidden = false;
  const open = () => {
    sockets.push(new Socket());
    return /** @type {any} */ (newest());
  };
  bus = new Bus({ open, hidden: () => hidden, random: () => 0.5 });
  bus.start();
});

test('pings at once and then every five seconds', () => {
  newest().opens();
  assert.equal(newest().frames('ping').length, 1);
  mock.timers.tick(15_000);
  assert.equal(newest().frames('ping').length, 4);
});

test('registers what was asked for before the socket opened, and hands bodies over', () => {
  /** @type {any[]} */ const got = [];
  bus.register('grid.clusters', (body) => got.push(body));
  assert.deepEqual(newest().sent, []);
  newest().opens();
  assert.deepEqual(newest().frames('register'), [{ type: 'register', address: 'grid.clusters' }]);
  newest().says({ type: 'rec', address: 'grid.clusters', body: { clusters: [] } });
  newest().says({ type: 'rec', address: 'grid.cluster.other', body: {} });
  assert.deepEqual(got, [{ clusters: [] }]);
});

test('registers again on each new socket, but not what was taken back', () => {
  bus.register('grid.clusters', () => {});
  newest().opens();
  const unregister = bus.register('grid.cluster.hpc1', () => {});
  unregister();
  assert.deepEqual(newest().frames('unregister'), [{ type: 'unregister', address: 'grid.cluster.hpc1' }]);
  newest().breaks();
  mock.timers.tick(4000);
  newest().opens();
  assert.equal(sockets.length, 2);
  assert.deepEqual(newest().frames('register'), [{ type: 'register', address: 'grid.clusters' }]);
});

test('says when it is live and when it is away', () => {
  /** @type {string[]} */ const states = [];
  bus.addEventListener('state', () => states.push(bus.state));
  assert.equal(bus.state, 'connecting');
  newest().opens();
  newest().breaks();
  mock.timers.tick(4000);
  newest().opens();
  assert.deepEqual(states, ['live', 'away', 'live']);
});

test('waits longer after each failed attempt, never more than four seconds', () => {
  const waits = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    newest().breaks();
    const before = sockets.length;
    let waited = 0;
    for (; sockets.length === before; waited += 10) mock.timers.tick(10);
    waits.push(waited);
  }
  assert.deepEqual(waits.slice(0, 5), [300, 600, 1200, 2400, 3000]);
  assert.ok(waits.every((wait) => wait <= 4000));
});

test('a frame from the server, not the opening alone, ends the back-off', () => {
  const wait = () => {
    const before = sockets.length;
    let waited = 0;
    for (; sockets.length === before; waited += 10) mock.timers.tick(10);
    return waited;
  };
  newest().opens();
  newest().breaks();
  assert.equal(wait(), 300);
  newest().opens();
  newest().breaks();
  assert.equal(wait(), 600);
  newest().opens();
  newest().says({ type: 'rec', address: 'grid.clusters', body: {} });
  newest().breaks();
  assert.equal(wait(), 300);
});

test('does not reconnect while nobody looks, and at once when somebody does', () => {
  newest().opens();
  hidden = true;
  newest().breaks();
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
  bus.wake();
  assert.equal(sockets.length, 2);
  bus.wake();
  assert.equal(sockets.length, 2, 'one attempt at a time');
});

test('leaves a socket that does not open in time', () => {
  mock.timers.tick(8000);
  assert.equal(sockets[0].closed, true);
  mock.timers.tick(4000);
  assert.equal(sockets.length, 2);
});

test('leaves a silent socket only if its server answers pings', () => {
  newest().opens();
  mock.timers.tick(60_000);
  assert.equal(newest().closed, false);
  newest().says({ type: 'pong' });
  mock.timers.tick(25_000);
  assert.equal(sockets[0].closed, true);
  assert.equal(bus.state, 'away');
});

test('a request gets its own reply', async () => {
  newest().opens();
  const [first, second] = [bus.request('grid.history.query', { cluster: 'a' }), bus.request('grid.history.query', { cluster: 'b' })];
  const sent = newest().frames('send');
  assert.notEqual(sent[0].replyAddress, sent[1].replyAddress);
  newest().says({ type: 'rec', address: sent[1].replyAddress, body: 'for b' });
  newest().says({ type: 'rec', address: sent[0].replyAddress, body: 'for a' });
  assert.deepEqual(await Promise.all([first, second]), ['for a', 'for b']);
});

test('a refused request carries the code and the words', async () => {
  newest().opens();
  const answer = bus.request('grid.history.query', {});
  const [{ replyAddress }] = newest().frames('send');
  newest().says({ type: 'err', address: replyAddress, failureCode: 400, failureType: 'RECIPIENT_FAILURE', message: 'cluster: missing' });
  await assert.rejects(answer, { code: 400, message: 'cluster: missing' });
});

test('a request fails when no answer comes, when the socket breaks, and when there is none', async () => {
  await assert.rejects(bus.request('grid.history.query', {}), { code: -2 });
  newest().opens();
  const unanswered = bus.request('grid.history.query', {}, 500);
  mock.timers.tick(500);
  await assert.rejects(unanswered, { code: -1 });
  const cut = bus.request('grid.history.query', {});
  newest().breaks();
  await assert.rejects(cut, { code: -2 });
});

test('what is no frame changes nothing', () => {
  newest().opens();
  for (const data of ['', 'null', '[]', '{"type":7}', '{"type":"err","body":"access_denied"}', new ArrayBuffer(3)])
    newest().onmessage({ data });
  assert.equal(bus.state, 'live');
  assert.equal(newest().closed, false);
});
