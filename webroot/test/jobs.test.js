// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../js/model/job-facts.js';
import { changed, columnsOf, filtersOf, jobsQuery, nextSort, orderOf, pageOf, pagesOf, sortOf, stateOf } from '../js/model/job-list.js';
import { formatBytes, slotsMeaning, slotsWords, stateWord } from '../js/model/job-words.js';
import { People } from '../js/model/people.js';
/** @import {Job} from '../js/model/job-words.js' */

/** @param {Partial<Job>} [change] @returns {Job} */
function job(change = {}) {
  return {
    jobId: '11.login1',
    jobName: 'run',
    jobOwner: 'alice',
    groupName: 'chem',
    accountingId: null,
    queueName: 'batch',
    jobState: 'RUNNING',
    jobSubState: 'R',
    taskCount: 1,
    slots: 32,
    nodeCount: 2,
    gpus: 0,
    memoryBytes: null,
    nodeNames: ['n001', 'n002'],
    submissionTimeEpochSeconds: 1_795_330_000,
    dispatchTimeEpochSeconds: 1_795_330_100,
    expectedStartEpochSeconds: null,
    wallclockLimitSeconds: 3600,
    wallclockTimeSeconds: 12,
    priority: 0,
    reason: null,
    ...change,
  };
}

test('a link is a question to the server', () => {
  const parameters = { of: 'hpc1', owner: 'alice', state: 'queued', text: 'wave', sort: '-slots', page: '3' };
  assert.deepEqual(jobsQuery(parameters), {
    cluster: 'hpc1',
    filter: { jobState: 'QUEUED', jobOwner: 'alice', text: 'wave' },
    sort: '-slots',
    offset: 200,
    limit: 100,
  });
  assert.deepEqual(jobsQuery({ of: 'hpc1' }), {
    cluster: 'hpc1',
    filter: {},
    sort: '-submissionTimeEpochSeconds',
    offset: 0,
    limit: 100,
  });
});

test('what a link says that there is not is as if it said nothing', () => {
  assert.equal(stateOf({ state: 'constructor' }), null);
  assert.equal(sortOf({ sort: '-__proto__' }), '-submissionTimeEpochSeconds');
  for (const page of ['0', '-1', '1e9', '07', 'x', '99999999']) assert.equal(pageOf({ page }), 1);
});

test('running jobs are shown by their start, waiting ones by how long they wait', () => {
  const moment = (/** @type {string} */ state) => columnsOf({ state }).find(({ name }) => name === 'moment');
  assert.deepEqual([moment('RUNNING')?.head, sortOf({ state: 'RUNNING' })], ['started', '-dispatchTimeEpochSeconds']);
  assert.deepEqual([moment('HELD')?.head, sortOf({ state: 'HELD' })], ['waits since', '-submissionTimeEpochSeconds']);
});

test('a head sorts its own way first, then the other', () => {
  const [id] = columnsOf({});
  const slots = columnsOf({}).find(({ name }) => name === 'slots') ?? id;
  assert.deepEqual([nextSort(slots, 'jobId'), nextSort(slots, '-slots'), nextSort(slots, 'slots')], ['-slots', 'slots', '-slots']);
  assert.deepEqual([nextSort(id, '-slots'), nextSort(id, 'jobId')], ['jobId', '-jobId']);
  assert.deepEqual([orderOf(slots, '-slots'), orderOf(slots, 'slots'), orderOf(id, 'slots')], ['descending', 'ascending', null]);
});

test('another filter begins at the first page, another page keeps the filters', () => {
  const parameters = { of: 'hpc1', owner: 'alice', page: '3' };
  assert.deepEqual(changed(parameters, { owner: null }), { of: 'hpc1', owner: null, page: null });
  assert.deepEqual(changed(parameters, { page: '4' }), { of: 'hpc1', owner: 'alice', page: '4' });
  assert.deepEqual(filtersOf(parameters), [{ parameter: 'owner', word: 'user', value: 'alice' }]);
  assert.deepEqual([pagesOf(0), pagesOf(100), pagesOf(101)], [1, 1, 2]);
});

test('a state is a word that does not hide what the scheduler means', () => {
  assert.equal(stateWord(job(), 'torque'), 'running');
  assert.equal(stateWord(job({ jobSubState: 'E' }), 'torque'), 'finishing');
  assert.equal(stateWord(job({ jobSubState: 'CG' }), 'slurm'), 'finishing');
  assert.equal(stateWord(job({ jobSubState: 'E' }), 'gridengine'), 'running');
  assert.equal(stateWord(job({ jobState: 'QUEUED' }), 'slurm'), 'pending');
  assert.equal(stateWord(job({ jobState: 'QUEUED' }), 'openpbs'), 'queued');
  assert.equal(stateWord(job({ jobState: 'toString' }), 'openpbs'), 'unknown');
});

test('tasks of an array are told apart from cores', () => {
  assert.deepEqual([slotsWords(job()), slotsMeaning(job(), 'cores')], ['32', '']);
  const array = job({ taskCount: 30, slots: 4 });
  assert.deepEqual([slotsWords(array), slotsMeaning(array, 'slots')], ['4 × 30', '30 tasks of an array, 4 slots each']);
});

test('memory is counted as schedulers count it', () => {
  assert.deepEqual([0, 1023, 1024, 1.5 * 2 ** 40].map(formatBytes), ['0 B', '1,023 B', '1 KB', '1.5 TB']);
  assert.deepEqual([null, undefined, -1, NaN].map(formatBytes), ['–', '–', '–', '–']);
});

test('the facts of a job: unknown is not zero, and nothing invisible is hidden', () => {
  const where = { cluster: 'hpc1', drms: 'torque', now: 1_795_333_700_000, people: new People() };
  const facts = new Map(factsOf(job({ jobName: 'a\u202eb', gpus: null }), where).map((fact) => [fact.field, fact]));
  assert.equal(facts.get('name')?.text, 'a\\u202eb');
  assert.equal(facts.get('gpus')?.text, '–');
  assert.equal(facts.get('account')?.text, '–');
  assert.equal(facts.get('limit')?.text, '01:00:00');
  assert.match(facts.get('started')?.text ?? '', /, 1 h ago$/);
  assert.deepEqual(facts.get('owner')?.links?.[0].place.parameters.who, 'alice');
  assert.equal(facts.has('expected'), false);
});

test('a job on a thousand nodes names some', () => {
  const nodeNames = Array.from({ length: 1000 }, (_, i) => `n${i}`);
  const nodes = factsOf(job({ nodeNames }), { cluster: 'hpc1', drms: 'torque', now: 0, people: new People() }).find(({ field }) => field === 'node-names');
  assert.deepEqual([nodes?.links?.length, nodes?.links?.[64].text], [65, 'and 936 more']);
  assert.deepEqual(nodes?.links?.[1].place.parameters, { of: 'hpc1', node: 'n1' });
});
