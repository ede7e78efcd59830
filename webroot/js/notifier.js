// @ts-check
import { MOST_NOTICES, parseRules, ruleKey, Watch, withRule } from './model/alerts.js';
import { statusAt } from './model/row.js';
import { MOST_JOBS, startNotices, StartedJobs } from './model/started-jobs.js';
import { NoticesPanel } from './panels/notices.js';
import { EVENTS } from './store.js';
import { recall, remember, RULES } from './theme.js';
import { TOPICS } from './topics.js';
/** @import {Notice, Rule} from './model/alerts.js' */
/** @import {World} from './panels/row.js' */

/**
 * Watches the live rows for what somebody wants to be told of, also in a tab that nobody sees: it follows the rows as they come and
 * waits for no frame. `changed` is emitted when rules, notices or the permission are others.
 */
export class Notifier extends EventTarget {
  /** @type {Rule[]} */ rules = [];
  /** @type {Notice[]} newest first */ notices = [];
  #world;
  #panel;
  #watch = new Watch();
  /** @type {Map<string, StartedJobs>} */ #jobs = new Map();
  /** @type {Set<string>} clusters whose list of jobs is on its way */ #asking = new Set();
  /** @type {Map<string, string>} rows from before the last reconnect */ #before = new Map();
  /** @type {Worker | null} */ #heart = null;
  /** Some browsers have notifications and yet show none that a page makes. */
  #refused = false;

  /** @param {World} world */
  constructor(world) {
    super();
    this.#world = world;
    this.#panel = new NoticesPanel();
    this.#panel.attach(world);
    const { store } = world;
    store.addEventListener(EVENTS.row, (event) => this.#see(/** @type {CustomEvent} */ (event).detail));
    store.addEventListener(EVENTS.connection, () => {
      if (store.connection === 'live') this.#reset();
    });
    store.addEventListener(EVENTS.me, () => {
      this.#jobs.clear();
      this.#begin();
    });
    // Another tab of this browser changed them.
    addEventListener('storage', ({ key }) => {
      if (key === RULES || key === null) this.#take(parseRules(recall(RULES)));
    });
    this.#take(parseRules(recall(RULES)));
  }

  /** @returns {'granted' | 'denied' | 'default' | 'insecure' | 'none'} whether the browser shows notifications of this page */
  get permission() {
    if (!isSecureContext) return 'insecure';
    return 'Notification' in globalThis && !this.#refused ? Notification.permission : 'none';
  }

  /** Asks whoever looks; browsers want a click for it. */
  async allow() {
    if ('Notification' in globalThis) await Notification.requestPermission();
    this.#changed();
  }

  /** @param {Rule} rule @returns {boolean} false when it is there already or there are too many */
  add(rule) {
    const rules = withRule(this.rules, rule);
    if (rules === this.rules) return false;
    this.#keep(rules);
    return true;
  }

  /** @param {Rule} rule */
  remove(rule) {
    this.#keep(this.rules.filter((known) => ruleKey(known) !== ruleKey(rule)));
  }

  /** @param {Rule[]} rules */
  #keep(rules) {
    remember(RULES, rules.length > 0 ? JSON.stringify(rules) : null);
    this.#take(rules);
  }

  /** @param {Rule[]} rules */
  #take(rules) {
    this.rules = rules;
    this.#world.watching = rules.length > 0;
    if (this.#world.watching && !this.#heart) this.#startHeart();
    if (!this.#world.watching) this.#stopHeart();
    this.#begin();
    this.#changed();
  }

  #startHeart() {
    // By this word the packing of the page finds it; the path is the document's.
    this.#heart = new Worker('js/heartbeat.js');
    this.#heart.onmessage = () => this.#world.bus.beat();
  }

  #stopHeart() {
    this.#heart?.terminate();
    this.#heart = null;
  }

  /** What comes now tells what was missed: no news. A row of before that is told again is not even that. */
  #reset() {
    this.#before = new Map([...this.#world.store.rows].map(([cluster, row]) => [cluster, stampOf(row)]));
    this.#watch.reset();
    for (const jobs of this.#jobs.values()) jobs.reset();
  }

  /** What is so already is where a rule begins. */
  #begin() {
    for (const cluster of this.#world.store.rows.keys()) this.#see(cluster);
  }

  /** @param {string} cluster */
  #see(cluster) {
    const { store } = this.#world;
    const row = store.liveRow(cluster);
    if (store.connection !== 'live' || !row || this.#before.get(cluster) === stampOf(row)) return;
    this.#before.delete(cluster);
    const now = store.liveNow();
    const grid = {
      clusters: (store.clusters ?? []).map((entry) => entry.cluster),
      rowOf: (/** @type {string} */ id) => store.liveRow(id),
      statusOf: (/** @type {string} */ id) => statusAt(store.liveRow(id), now),
      titleOf: (/** @type {string} */ id) => store.titleOf(id),
      now,
    };
    for (const notice of this.#watch.see(this.rules, cluster, grid)) this.#tell(notice);
    if (this.rules.some(({ kind }) => kind === 'started') && grid.statusOf(cluster) === 'UP') this.#seeJobs(cluster);
  }

  /** @param {string} cluster */
  async #seeJobs(cluster) {
    const { store } = this.#world;
    const { me, session } = store;
    if (me === null || store.connection !== 'live' || this.#asking.has(cluster)) return;
    const jobs = this.#jobs.get(cluster) ?? new StartedJobs();
    this.#jobs.set(cluster, jobs);
    if (!jobs.needs(store.liveRow(cluster), me)) return;
    this.#asking.add(cluster);
    try {
      const { listed, cut } = await this.#running(cluster, me);
      const current = session === store.session && this.#jobs.get(cluster) === jobs;
      const fresh = current ? jobs.seen(listed, cut) : [];
      const where = { cluster, title: store.titleOf(cluster), drms: store.liveRow(cluster)?.drms, now: store.liveNow() };
      for (const notice of startNotices(fresh, where)) this.#tell(notice);
    } catch {
      jobs.missed();
      return;
    } finally {
      this.#asking.delete(cluster);
    }
    // A row may have come meanwhile.
    this.#seeJobs(cluster);
  }

  /** @param {string} cluster @param {string} who */
  async #running(cluster, who) {
    const { store, bus } = this.#world;
    const asked = store.people.loginsOf(who, cluster).map((jobOwner) =>
      bus.request(TOPICS.jobsQuery, { cluster, filter: { jobOwner, jobState: 'RUNNING' }, sort: '-dispatchTimeEpochSeconds', limit: MOST_JOBS }),
    );
    const answers = await Promise.all(asked);
    return { listed: answers.flatMap(({ jobs }) => jobs), cut: answers.some(({ total, jobs }) => total > jobs.length) };
  }

  /** @param {Notice} notice */
  #tell(notice) {
    this.notices = [notice, ...this.notices].slice(0, MOST_NOTICES);
    this.#panel.show(notice);
    if (this.permission === 'granted') this.#notify(notice);
    this.#changed();
  }

  /** @param {Notice} notice */
  #notify({ words, tag, place }) {
    const { store } = this.#world;
    try {
      const notification = new Notification(words, { body: store.title, tag: `qstat-mesh ${tag}`, icon: 'icon.svg' });
      notification.onclick = () => {
        window.focus();
        store.changeView({ at: null, place });
        notification.close();
      };
    } catch {
      this.#refused = true;
    }
  }

  #changed() {
    this.dispatchEvent(new Event('changed'));
  }
}

/** @param {import('./model/row.js').Row} row */
const stampOf = ({ revision, serverTimeEpochMillis }) => `${revision} ${serverTimeEpochMillis}`;

/** @type {Notifier | null} */
let one = null;

/** There is one for the page. @param {World} world */
export function notifierOf(world) {
  one ??= new Notifier(world);
  return one;
}
