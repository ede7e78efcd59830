// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { holds, MOST_RULES, parseRules, ruleKey, ruleWords, Watch, withRule } from '../js/model/alerts.js';
import { startNotices, StartedJobs } from '../js/model/started-jobs.js';
import { row, use } from './rows.js';
/** @import {Rule} from '../js/model/alerts.js' */
/** @import {Row} from '../js/model/row.js' */
/** @import {Status} from '../js/model/words.js' */

/** @type {Watch} */ let watch;
/** @type {Record<string, {row: Row, status: Status}>} */ let clusters;

beforeEach(() => {
  watch = new Watch();
  clusters = {};
});

/** A row comes. @param {Rule[]} rules @param {string} cluster @param {number | null} free @param {Status} [status] @returns {string[]} what is told */
function comes(rules, cluster, free, status = 'UP') {
  const slots = free === null ? null : { total: 336, used: 336 - free, free, unavailable: 0, largestFreeOnOneNode: 4 };
  const failure = status === 'DOWN' ? { code: 'PROBE_UNREACHABLE', detail: null, sinceEpochMillis: 5, hint: null } : null;
  clusters[cluster] = { row: row({ cluster, slots, status, failure }), status };
  const grid = {
    clusters: Object.keys(clusters),
    rowOf: (/** @type {string} */ id) => clusters[id]?.row ?? null,
    statusOf: (/** @type {string} */ id) => clusters[id]?.status ?? 'UNKNOWN',
    titleOf: (/** @type {string} */ id) => id.toUpperCase(),
    now: 7,
  };
  return watch.see(rules, cluster, grid).map(({ words }) => words);
}

/** @type {Rule[]} */
const FREE = [{ kind: 'free', cluster: 'hpc1', cores: 64 }];
/** @type {Rule[]} */
const ANYWHERE = [{ kind: 'free', cluster: null, cores: 64 }];
/** @type {Rule[]} */
const OUTAGE = [{ kind: 'outage', cluster: null }];

test('cores are told once when they are enough, and again only after they were too few', () => {
  const told = [10, 64, 90, 64, 63, 64].map((free) => comes(FREE, 'hpc1', free));
  assert.deepEqual(told, [[], ['64 cores are free on HPC1'], [], [], [], ['64 cores are free on HPC1']]);
  assert.deepEqual(comes(FREE, 'hpc2', 90), [], 'another cluster');
});

test('what is so already is no news: at first, after a reconnect, for a new rule', () => {
  assert.deepEqual(comes(FREE, 'hpc1', 90), []);
  comes(FREE, 'hpc1', 10);
  watch.reset();
  assert.deepEqual(comes(FREE, 'hpc1', 90), []);
  comes(FREE, 'hpc1', 10);
  comes([], 'hpc1', 10);
  assert.deepEqual(comes(FREE, 'hpc1', 90), [], 'forgotten with the rule');
});

test('free cores of a cluster that is stale, down or unknown are no news', () => {
  comes(FREE, 'hpc1', 10);
  for (const status of /** @type {Status[]} */ (['STALE', 'DOWN', 'UNKNOWN'])) assert.deepEqual(comes(FREE, 'hpc1', 90, status), []);
  assert.deepEqual(comes(FREE, 'hpc1', null), []);
  assert.deepEqual(comes(FREE, 'hpc1', 90), ['90 cores are free on HPC1']);
});

test('anywhere is told when nowhere else it was so already', () => {
  comes(ANYWHERE, 'hpc1', 10);
  comes(ANYWHERE, 'hpc2', 10);
  assert.deepEqual(comes(ANYWHERE, 'hpc2', 70), ['70 cores are free on HPC2']);
  assert.deepEqual(comes(ANYWHERE, 'hpc1', 80), []);
  comes(ANYWHERE, 'hpc2', 10);
  assert.deepEqual(comes(ANYWHERE, 'hpc1', 90), [], 'it has been so all the time');
  comes(ANYWHERE, 'hpc1', 10);
  assert.deepEqual(comes(ANYWHERE, 'hpc2', 70), ['70 cores are free on HPC2']);
  assert.deepEqual(comes(ANYWHERE, 'hpc3', 99), [], 'seen for the first time');
});

test('an outage is told when it begins and when it ends; stale is neither', () => {
  assert.deepEqual(comes(OUTAGE, 'hpc1', 1, 'DOWN'), [], 'it was down when the page came');
  assert.deepEqual(comes(OUTAGE, 'hpc1', 1), ['HPC1 answers again']);
  assert.deepEqual(comes(OUTAGE, 'hpc1', 1, 'STALE'), []);
  assert.deepEqual(comes(OUTAGE, 'hpc1', 1, 'DOWN'), ['HPC1 is down: monitoring is down: no probe at its address']);
  assert.deepEqual(comes(OUTAGE, 'hpc1', 1, 'STALE'), []);
  assert.deepEqual(comes(OUTAGE, 'hpc1', 1), ['HPC1 answers again']);
  assert.equal(holds(/** @type {any} */ (OUTAGE[0]), null, 'UNKNOWN'), null);
});

test('rules that were remembered are read with care', () => {
  const rules = [...FREE, ...OUTAGE, { kind: 'started' }];
  assert.deepEqual(parseRules(JSON.stringify(rules)), rules);
  for (const text of [null, '', '{', '{}', 'null', '[null, 1, "x", {}]', '[{"kind":"free","cores":"64"},{"kind":"free","cores":0},{"kind":"outage","cluster":7}]']) {
    assert.deepEqual(parseRules(text), [], String(text));
  }
  assert.deepEqual(parseRules(JSON.stringify([...FREE, ...FREE, { ...FREE[0], evil: '<b>' }])), FREE);
  const many = Array.from({ length: 500 }, (_, i) => ({ kind: 'free', cluster: null, cores: i + 1 }));
  assert.equal(parseRules(JSON.stringify(many)).length, MOST_RULES);
  assert.equal(withRule(FREE, FREE[0]), FREE);
  assert.notEqual(ruleKey(FREE[0]), ruleKey(ANYWHERE[0]));
});

test('rules read as sentences, with names written out', () => {
  const words = (/** @type {Rule} */ rule, /** @type {string | null} */ me = null) => ruleWords(rule, (id) => `${id}\u202e`, me);
  assert.deepEqual(
    [words(FREE[0]), words(ANYWHERE[0]), words(OUTAGE[0]), words({ kind: 'started' }), words({ kind: 'started' }, 'alice')],
    ['64 cores are free on hpc1\\u202e', '64 cores are free on any cluster', 'any cluster is down, or back', 'a job of mine starts', 'a job of alice starts'],
  );
});

/** @param {number} start @param {...string} ids */
const jobs = (start, ...ids) => ids.map((jobId) => /** @type {any} */ ({ jobId, jobName: 'new', jobOwner: 'alice', slots: 40, taskCount: 1, dispatchTimeEpochSeconds: start }));
const ids = (/** @type {any[]} */ list) => list.map(({ jobId }) => jobId);

test('the list of my jobs is asked for when my numbers change, and only then', () => {
  const mine = new StartedJobs();
  const of = (/** @type {number} */ cores) => row({ usage: { user: [use('alice', cores)] } });
  assert.deepEqual(
    [mine.needs(of(4), 'alice'), mine.needs(of(4), 'alice'), mine.needs(of(8), 'alice'), mine.needs(row({ usage: null }), 'alice')],
    [true, false, true, false],
  );
  mine.missed();
  assert.equal(mine.needs(of(8), 'alice'), true, 'asked again after a failure');
  assert.equal(mine.needs(row({ usage: { user: [] } }), 'alice'), false, 'nothing of mine runs');
});

test('jobs that run at first are no news, those that come are, and no job twice', () => {
  const mine = new StartedJobs();
  assert.deepEqual(mine.seen(jobs(5, '1', '2'), false), []);
  assert.deepEqual(ids(mine.seen([...jobs(9, '3'), ...jobs(5, '1', '2')], false)), ['3']);
  assert.deepEqual(ids(mine.seen(jobs(9, '1'), false)), []);
  assert.deepEqual(ids(mine.seen(jobs(9, '3', '2', '1'), false)), [], 'suspended and resumed');
  mine.reset();
  assert.deepEqual(mine.seen(jobs(12, '4'), false), [], 'after a reconnect');
  assert.deepEqual(ids(mine.seen(jobs(13, '5', '4'), false)), ['5']);
});

test('who had nothing running hears of the first job', () => {
  const mine = new StartedJobs();
  mine.needs(row({ usage: { user: [] } }), 'alice');
  assert.deepEqual(ids(mine.seen(jobs(5, '1'), false)), ['1']);
});

test('a job that was cut off a long list is not new when it moves up', () => {
  const mine = new StartedJobs();
  mine.seen([...jobs(20, 'a'), ...jobs(10, 'b')], true);
  assert.deepEqual(ids(mine.seen([...jobs(30, 'c'), ...jobs(20, 'a'), ...jobs(8, 'old')], true)), ['c']);
});

test('a few jobs are told one by one, many at once', () => {
  const where = { cluster: 'hpc1', title: 'HPC 1', drms: 'torque', now: 7 };
  const [one] = startNotices(jobs(5, '900'), where);
  assert.deepEqual([one.words, one.place], ['job new (900) started on HPC 1, 40 cores', { name: 'job', parameters: { of: 'hpc1', job: '900' } }]);
  const [all, ...more] = startNotices(jobs(5, '1', '2', '3', '4', '5'), where);
  assert.deepEqual([all.words, more.length], ['5 jobs started on HPC 1: new, new, new and 2 more', 0]);
  assert.deepEqual(all.place.parameters, { of: 'hpc1', owner: 'alice', state: 'RUNNING' });
  assert.deepEqual(startNotices([], where), []);
});
