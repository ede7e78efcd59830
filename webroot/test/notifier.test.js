// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { DEFAULT_VIEW } from '../js/model/view.js';
import { Store } from '../js/store.js';
import { row, use } from './rows.js';
/** @import {Notifier} from '../js/notifier.js' */

/** As much of an element as a card in the corner needs. */
class Bare extends EventTarget {
  dataset = {};
  /** @type {unknown[]} */ children = [];
  append() {}
  remove() {}
  setAttribute() {}
  /** @param {unknown} child */
  prepend(child) {
    this.children.unshift(child);
  }
  get lastElementChild() {
    return { remove: () => this.children.pop() };
  }
}

const page = /** @type {any} */ (globalThis);
/** @type {string[]} */ let shown = [];
/** @type {Record<string, string>} */ let kept = {};
/** @type {{address: string, body: any}[]} */ let asked = [];
/** @type {any[]} */ let running = [];
/** @type {Store} */ let store;
/** @type {any} */ let world;
/** @type {Notifier} */ let notifier;

page.HTMLElement = Bare;
page.customElements = { define() {} };
page.document = { createElement: () => new Bare(), querySelector: () => null, body: new Bare() };
page.addEventListener = () => {};
page.isSecureContext = true;
page.localStorage = {
  getItem: (/** @type {string} */ name) => kept[name] ?? null,
  setItem: (/** @type {string} */ name, /** @type {string} */ value) => void (kept[name] = value),
  removeItem: (/** @type {string} */ name) => void delete kept[name],
};
page.Worker = class {
  terminate() {}
};
page.Notification = class {
  static permission = 'granted';
  /** @param {string} title */
  constructor(title) {
    shown.push(title);
  }
};
const { Notifier: Made } = await import('../js/notifier.js');

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  shown = [];
  kept = {};
  asked = [];
  running = [];
  store = new Store(DEFAULT_VIEW);
  const bus = {
    request: async (/** @type {string} */ address, /** @type {any} */ body) => {
      asked.push({ address, body });
      const jobs = running.filter(({ jobOwner }) => jobOwner === body.filter.jobOwner);
      return { jobs, total: jobs.length };
    },
    beat() {},
  };
  world = { store, bus, watching: false };
  store.changeConnection('live');
  store.applyClusters({ clusters: [{ cluster: 'hpc1', title: 'HPC 1', status: 'UP', order: 1 }] });
  notifier = new Made(world);
});

let revision = 0;

/** @param {number} free @param {object} [change] */
function comes(free, change = {}) {
  revision += 1;
  const slots = { total: 336, used: 0, free, unavailable: 0, largestFreeOnOneNode: 4 };
  const next = row({ revision, slots, serverTimeEpochMillis: 1_000_000 + revision, ...change });
  store.applyRow('hpc1', next);
  return next;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a page that waits for something hears on while nobody looks, and only then', () => {
  assert.equal(world.watching, false);
  notifier.add({ kind: 'free', cluster: null, cores: 64 });
  assert.equal(world.watching, true);
  assert.equal(new Made(world).rules.length, 1, 'remembered');
  notifier.remove(notifier.rules[0]);
  assert.deepEqual([world.watching, kept], [false, {}]);
});

test('what came while the connection was away is no news, also where the last row is sent again first', () => {
  notifier.add({ kind: 'free', cluster: null, cores: 64 });
  const last = comes(10);
  store.changeConnection('away');
  store.changeConnection('live');
  store.applyRow('hpc1', last);
  comes(90);
  assert.deepEqual(shown, []);
  comes(10);
  comes(70);
  assert.deepEqual(shown, ['70 cores are free on HPC 1']);
  assert.equal(notifier.notices.length, 1);
});

test('the past is no news, and news comes while the past is shown', () => {
  notifier.add({ kind: 'free', cluster: null, cores: 64 });
  comes(10);
  store.changeView({ at: 500_000 });
  const past = row({ slots: { total: 336, used: 0, free: 300, unavailable: 0, largestFreeOnOneNode: 4 } });
  store.showPicture({ atMillis: 500_000, rows: new Map([['hpc1', past]]) });
  assert.deepEqual(shown, []);
  comes(80);
  assert.deepEqual(shown, ['80 cores are free on HPC 1']);
});

test('a row that is old when it comes is no news', () => {
  notifier.add({ kind: 'free', cluster: null, cores: 64 });
  comes(10);
  mock.timers.tick(200_000);
  comes(90, { serverTimeEpochMillis: 1_200_000 });
  assert.deepEqual(shown, []);
});

test('my jobs are asked for by every login of mine, and the new ones told by name', async () => {
  const logins = { hpc1: ['a1', 'a2'] };
  const clusters = [{ cluster: 'hpc1', title: 'HPC 1', status: 'UP', order: 1 }];
  store.applyClusters({ clusters, people: { persons: [{ id: 'alice', logins }] } });
  store.changeMe('alice');
  notifier.add({ kind: 'started' });
  comes(10, { usage: { user: [use('bob', 4)] } });
  assert.deepEqual(asked, [], 'nothing of mine');
  running = [{ jobId: '7', jobName: 'new', jobOwner: 'a2', slots: 4, taskCount: 1, dispatchTimeEpochSeconds: 9 }];
  comes(6, { usage: { user: [use('a2', 4)] } });
  await settled();
  const filters = asked.map(({ body }) => body.filter);
  assert.deepEqual(filters, ['a1', 'a2'].map((jobOwner) => ({ jobOwner, jobState: 'RUNNING' })));
  assert.deepEqual(shown, ['job new (7) started on HPC 1, 4 cores']);
  comes(6, { usage: { user: [use('a2', 4)] } });
  await settled();
  assert.equal(asked.length, 2, 'nothing of mine changed');
});

test('where the browser shows none the page still does', () => {
  page.Notification = class {
    static permission = 'granted';
    constructor() {
      throw new TypeError('not on this platform');
    }
  };
  notifier.add({ kind: 'outage', cluster: 'hpc1' });
  comes(1);
  comes(1, { status: 'DOWN' });
  assert.deepEqual([notifier.notices.length, notifier.permission], [1, 'none']);
});

test('no more than twenty notices are kept', () => {
  notifier.add({ kind: 'free', cluster: 'hpc1', cores: 64 });
  for (let i = 0; i < 50; i++) comes(i % 2 ? 90 : 10);
  assert.equal(notifier.notices.length, 20);
});
