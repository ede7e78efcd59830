// @ts-check
import { Bus } from './bus.js';
import { loadCharts } from './charts/highcharts.js';
import { listenToKeys } from './keys.js';
import { needs, whenBack } from './later.js';
import { followLinks } from './link.js';
import { ColourBook } from './model/colours.js';
import { isStep } from './model/place.js';
import { DEFAULT_VIEW, formatView, gridPart, parseView } from './model/view.js';
import { MomentFeed } from './moment-feed.js';
import { OneByOne } from './one-by-one.js';
import './panels/conf-note.js';
import './panels/connection.js';
import './panels/controls.js';
import './panels/finder.js';
import './panels/grid.js';
import './panels/header.js';
import './panels/help.js';
import './panels/history-note.js';
import './panels/moment-bar.js';
import './panels/sheet.js';
import './panels/theme.js';
import { Player } from './player.js';
import { PLACES } from './places.js';
import { preparePrints } from './printing.js';
import { EVENTS, Store } from './store.js';
import { recall, remember, RULES } from './theme.js';
import { BRIDGE_PATH, TOPICS } from './topics.js';

const COLOURS = 'qstat-mesh-colours';
const SWITCHES = 'qstat-mesh-view';
const LONGEST_SWITCHES = 200;
const ME = 'qstat-mesh-me';
const FIND_AFTER_MILLIS = 2000;
const FIRST_ROWS_MILLIS = 200;
const LINK_MILLIS = 250;
const FIRST_SCREEN = 6;

/** @param {string} hash @returns {import('./model/view.js').View} */
function viewIn(hash) {
  const view = parseView(hash);
  // Nothing opens over what nobody can close.
  return only !== null || onWall ? { ...view, place: null } : view;
}

/** @returns {unknown} */
function rememberedColours() {
  try {
    return JSON.parse(recall(COLOURS) ?? '[]');
  } catch {
    return [];
  }
}

const bridge = new URL(BRIDGE_PATH, document.baseURI);
bridge.protocol = bridge.protocol === 'https:' ? 'wss:' : 'ws:';

const asked = new URLSearchParams(location.search);
const onWall = asked.has('kiosk');
const only = asked.get('row');

// A link says it all; without one the page is as it was left.
const store = new Store(viewIn(location.hash.length > 1 ? location.hash : (recall(SWITCHES) ?? '').slice(0, LONGEST_SWITCHES)));
if (location.hash.length <= 1 && formatView(store.view) !== formatView(DEFAULT_VIEW)) history.replaceState(null, '', formatView(store.view));
const bus = new Bus({ open: () => new WebSocket(bridge), hidden: () => document.hidden && !world.watching });
const work = new OneByOne();
const colours = new ColourBook(rememberedColours());
/** @param {boolean} moved */
function coloursChanged(moved) {
  work.schedule(colours, () => remember(COLOURS, JSON.stringify(colours.entries())));
  if (moved) grid.repaint();
}
const still = matchMedia('(prefers-reduced-motion: reduce)');
const player = new Player(store, () => still.matches);
const moments = new MomentFeed(bus, store);
moments.ahead = () => player.next();
/** @type {import('./panels/row.js').World} */
const world = { store, bus, work, colours, coloursChanged, player, moments, only, watching: false };

/** @type {Map<string, () => void>} what takes a row's registration back */
const registered = new Map();

/** Only what the server has named on this connection is registered for: it refuses what it does not know yet, and says not which. */
function registerRows() {
  const ids = new Set(store.connection === 'live' ? store.clusters?.map(({ cluster }) => cluster) : []);
  for (const [id, unregister] of registered) {
    if (ids.has(id)) continue;
    unregister();
    registered.delete(id);
  }
  for (const id of ids) {
    if (!registered.has(id))
      registered.set(
        id,
        bus.register(TOPICS.cluster(id), (row) => store.applyRow(id, row)),
      );
  }
}

/** @param {any} body @param {string} id */
function onlyOne(body, id) {
  return { ...body, clusters: body.clusters.filter((/** @type {{cluster: string}} */ { cluster }) => cluster === id) };
}

/** The first picture waits a moment for all rows, so that colours and layout are settled once. */
function holdFirstPicture() {
  work.hold();
  const release = () => {
    if (store.rows.size < (store.clusters?.length ?? 1)) return;
    store.removeEventListener(EVENTS.row, release);
    work.release();
    // Whoever presses its key types on at once. If it cannot be had now it is asked for then.
    setTimeout(() => PLACES.find().catch(() => {}), FIND_AFTER_MILLIS);
    if (recall(RULES)) setTimeout(watchRules, FIND_AFTER_MILLIS);
  };
  store.addEventListener(EVENTS.row, release);
  store.addEventListener(EVENTS.clusters, () => setTimeout(() => work.release(), FIRST_ROWS_MILLIS), { once: true });
}

/** Who asked to be told is told, also when the code for it comes late. */
function watchRules() {
  import('./notifier.js').then(
    ({ notifierOf }) => notifierOf(world),
    () => whenBack(store, watchRules),
  );
}

/** The numbers go first over a slow line: what draws is fetched once those of the first screen are there. */
function fetchCharts() {
  if (store.rows.size < Math.min(FIRST_SCREEN, store.clusters?.length ?? 1)) return;
  store.removeEventListener(EVENTS.row, fetchCharts);
  work.schedule(fetchCharts, () => loadCharts().then(showCharts, missCharts));
}

function showCharts() {
  delete document.body.dataset.charts;
  grid.repaint();
}

/** A server that went away just then may have them when it is back. */
function missCharts() {
  console.warn('The charts could not be loaded; the numbers are right without.');
  document.body.dataset.charts = 'missing';
  whenBack(store, fetchCharts);
}

for (const name of ['moment', 'header', 'finder', 'connection', 'controls', 'history-note', 'conf-note', 'grid', 'sheet']) {
  /** @type {any} */ (document.querySelector(`qm-${name}`)).attach(world);
}
const grid = /** @type {import('./panels/grid.js').GridPanel} */ (document.querySelector('qm-grid'));
const help = /** @type {import('./panels/help.js').HelpPanel} */ (document.querySelector('qm-help'));
if (only !== null) needs(store, import('./one-row.js'), ({ showOneRow }) => showOneRow(store));
else if (onWall) needs(store, import('./kiosk.js'), ({ startKiosk }) => startKiosk(world, grid, asked, () => still.matches));
else listenToKeys(world, grid, () => help.show());
preparePrints(store);

store.addEventListener(EVENTS.clusters, registerRows);
// What is opened is a step of the browser's history; switches, and letters typed, are not.
store.addEventListener(EVENTS.view, () => {
  history.replaceState(null, '', formatView(store.view));
  remember(SWITCHES, gridPart(store.view));
});
/** @type {any} */
let writing = null;
// Browsers refuse a link that changes with each pixel of a slider.
store.addEventListener(EVENTS.moment, () => {
  clearTimeout(writing);
  writing = setTimeout(() => history.replaceState(null, '', formatView(store.view)), LINK_MILLIS);
});
store.addEventListener(EVENTS.place, () => {
  const link = formatView(store.view);
  if (location.hash === link) return;
  if (isStep(parseView(location.hash).place, store.view.place)) history.pushState(null, '', link);
  else history.replaceState(null, '', link);
});
addEventListener('hashchange', () => store.changeView(viewIn(location.hash)));
addEventListener('popstate', () => store.changeView(viewIn(location.hash)));
if (only === null) followLinks(store);
store.addEventListener(EVENTS.me, () => {
  remember(ME, store.me);
  colours.me = store.me;
  grid.repaint();
});
store.changeMe(recall(ME));

bus.addEventListener('state', () => {
  store.changeConnection(bus.state);
  if (bus.state === 'away') registerRows();
});
bus.addEventListener('news', () => store.heard());
bus.register(TOPICS.clusters, (body) => store.applyClusters(only === null ? body : onlyOne(body, only)));
holdFirstPicture();
store.addEventListener(EVENTS.row, fetchCharts);
bus.start();

addEventListener('online', () => bus.wake());
document.addEventListener('visibilitychange', () => {
  if (document.hidden) player.stop();
  else bus.wake();
});
setInterval(() => {
  if (!document.hidden) store.tick();
}, 1000);
