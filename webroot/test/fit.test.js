// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCount, parseMemory, parseWalltime, questionOf } from '../js/model/fit-question.js';
import { fitLines, summaryWords, waitedWords } from '../js/model/fit-words.js';
import { row } from './rows.js';

const GB = 1024 ** 3;
const NOW = 1_700_000_000_000;
const DAY = 86_400_000;

test('counts, memory and run times are read as people write them, and what may mean two things is not', () => {
  assert.deepEqual(['16', '1,000', ' 8 ', '0', '-1', '1.5', 'x', '9999999999'].map((text) => parseCount(text, 1, 1e6)), [16, 1000, 8, null, null, null, null, null]);
  assert.deepEqual(['64', '64 GB', '64g', '500 MB', '1.5 TiB', '2k', '0', '4 apples', ''].map(parseMemory), [
    64 * GB,
    64 * GB,
    64 * GB,
    500 * 1024 ** 2,
    1.5 * 1024 * GB,
    2048,
    null,
    null,
    null,
  ]);
  assert.deepEqual(['12:00:00', '1-12:00:00', '2-0', '90 min', '12 h', '3 d', '1 d 12 h', '1.5h', '45s', '0:00:01'].map(parseWalltime), [
    43_200, 129_600, 172_800, 5400, 43_200, 259_200, 129_600, 5400, 45, 1,
  ]);
  assert.deepEqual(['24', '12:00', '', ' ', '0:00:00', '1:99:00', 'h', '99999-0'].map(parseWalltime), Array(8).fill(null));
});

test('a question is what the server is asked, and words', () => {
  const full = questionOf({ nodes: '3', cores: '16', gpus: '2', memory: '64', walltime: '12 h', of: 'hpc1' });
  assert.deepEqual(full.query, { cluster: 'hpc1', nodes: 3, slotsPerNode: 16, gpusPerNode: 2, memoryBytesPerNode: 64 * GB, walltimeSeconds: 43_200 });
  assert.deepEqual([full.words, full.slots], ['3 nodes with 16 cores, 2 GPUs and 64 GB each, for 12:00:00', 48]);
  assert.deepEqual(questionOf({ cores: '48' }), { query: { slots: 48 }, anywhere: true, slots: 48, words: '48 cores, on whichever nodes', troubles: {} });
  assert.equal(questionOf({ nodes: '1', cores: '1', gpus: '0' }).words, '1 node with 1 core');
});

test('what is missing or wrong is said, and nothing is asked', () => {
  assert.deepEqual([questionOf({}).query, questionOf({}).words], [null, 'Say how many cores the job asks for.']);
  const wrong = questionOf({ cores: 'many', walltime: '24' });
  assert.deepEqual([wrong.query, Object.keys(wrong.troubles)], [null, ['cores', 'walltime']]);
  const anywhere = questionOf({ cores: '8', gpus: '1' });
  assert.deepEqual([anywhere.query, anywhere.words], [null, 'GPUs and memory are counted on each node: say how many nodes']);
});

const queue = {
  queueName: 'batch',
  fits: 'NOW',
  reasons: [],
  wallclockLimitSeconds: 86_400,
  slotsLimit: 64,
  matchingNodesFree: 3,
  matchingNodes: 12,
  matchingNodesOutOfService: 0,
  freeSlots: 77,
  largestFreeSlotsOnOneNode: 28,
  queuedJobs: 0,
};
const waited = { minSlots: 9, maxSlots: 32, count: 212, p50Seconds: 2400, p90Seconds: 21_600 };

/** @param {object} [ofQueue] @param {object} [ofChoice] @param {object} [ofWhere] */
function line(ofQueue = {}, ofChoice = {}, ofWhere = {}) {
  const choice = { cluster: 'hpc1', status: 'UP', takenAtEpochMillis: NOW, visibility: 'ALL', queue: { ...queue, ...ofQueue }, waited, keptFromEpochMillis: NOW - 23 * DAY, ...ofChoice };
  const answer = { askedAtEpochMillis: NOW, waitsFromEpochMillis: NOW - 30 * DAY, waitsKnown: true, choices: [choice], omitted: 0 };
  const where = { anywhere: false, rowOf: () => row(), statusOf: () => 'UP', now: NOW, ...ofWhere };
  return fitLines(/** @type {any} */ (answer), /** @type {any} */ (where))[0];
}

test('room now is told with who waits there, and no word promises a start', () => {
  assert.equal(line().sentence, '3 nodes have as much free, nobody waits there');
  assert.equal(line().waited, 'half of 212 jobs of 9 to 32 cores started within 40 min, 9 of 10 within 6 h, in the last 23 days');
  assert.equal(line({ queuedJobs: 1, matchingNodesFree: 1 }).sentence, '1 node has as much free, 1 job waits there');
  assert.equal(line({ queuedJobs: null }, {}, { anywhere: true }).sentence, '77 cores are free on 3 nodes, how many wait there is not known');
  assert.doesNotMatch(JSON.stringify(line()), /\bwill\b/);
});

test('what stands in the way is told in words, with the limit', () => {
  const later = line({ fits: 'LATER', reasons: ['NOT_ENOUGH_FREE', 'NODES_OUT_OF_SERVICE'], matchingNodesFree: 0, matchingNodesOutOfService: 2, queuedJobs: 9 });
  assert.equal(
    later.sentence,
    'none of the 12 nodes that large has as much free (at most 28 cores on one); 2 nodes with as much out of service, 9 jobs wait there',
  );
  const never = line({ fits: 'NEVER', reasons: ['WALLTIME_LIMIT', 'SLOTS_LIMIT', 'TOO_FEW_NODES'] });
  assert.equal(never.sentence, 'jobs may run for 1-00:00:00 at most; it gives out 64 cores at most; only 12 nodes have as much, however idle');
  assert.equal(never.waited, '');
  assert.equal(line({ fits: 'UNKNOWN', reasons: ['GPUS_UNKNOWN', 'BAD_MOON'] }).sentence, 'free GPUs of its nodes are not known; bad moon');
});

test('only a part of what is wanted is free', () => {
  const two = line({ fits: 'LATER', reasons: ['NOT_ENOUGH_FREE'], matchingNodesFree: 2, largestFreeSlotsOnOneNode: null });
  assert.equal(two.sentence, 'only 2 of the 12 nodes that large have as much free, nobody waits there');
  const full = line({ fits: 'LATER', reasons: ['NOT_ENOUGH_FREE'], matchingNodesFree: 0, largestFreeSlotsOnOneNode: 0, queuedJobs: 9 });
  assert.equal(full.sentence, 'none of the 12 nodes that large has as much free (no core is free there), 9 jobs wait there');
  const cores = line({ fits: 'LATER', reasons: ['NOT_ENOUGH_FREE'] }, {}, { anywhere: true });
  assert.equal(cores.sentence, '77 cores are free, nobody waits there');
  assert.equal(line({ fits: 'UNKNOWN', reasons: ['VISIBILITY'] }).sentence, 'what is free there is not known for sure');
});

test('few jobs give no figures, and none are said to be none', () => {
  const past = 'the last 23 days';
  assert.equal(waitedWords({ ...waited, count: 4, p50Seconds: null, p90Seconds: null }, 'cores', past), '4 jobs of 9 to 32 cores started there in the last 23 days: too few to say how long they wait');
  assert.equal(waitedWords({ ...waited, count: 0 }, 'cores', past), 'no job of this size was seen to start there in the last 23 days');
  assert.equal(waitedWords({ ...waited, maxSlots: null, minSlots: 513, p50Seconds: 0 }, 'cores', past), 'half of 212 jobs of 513 cores and more started at once, 9 of 10 within 6 h, in the last 23 days');
  assert.equal(line({}, { waited: null }).waited, '');
  const none = { ...waited, minSlots: null, maxSlots: null, count: 0, p50Seconds: null, p90Seconds: null };
  const since = (/** @type {number | null} */ keptFromEpochMillis) => line({}, { waited: none, keptFromEpochMillis }).waited;
  assert.deepEqual([since(null), since(NOW - 1), since(NOW - 5 * 3_600_000)], [
    'no start of a job was seen there yet',
    'no job of this size was seen to start there in the last minute',
    'no job of this size was seen to start there in the last 5 hours',
  ]);
});

test('a cluster that is silent or old is no room, whatever the answer said of it', () => {
  const fallen = line({}, {}, { statusOf: () => 'DOWN', now: NOW + 23 * 60_000 });
  assert.deepEqual([fallen.fits, fallen.sentence], ['UNKNOWN', 'the cluster is down, last seen 23 min ago']);
  const old = line({ fits: 'UNKNOWN', reasons: ['STALE'] }, { takenAtEpochMillis: NOW - 240_000 });
  assert.equal(old.sentence, 'its news is old, last seen 4 min ago');
  const nothing = { queueName: null, fits: 'UNKNOWN', reasons: ['NO_ANSWER'] };
  const silent = line(nothing, { status: 'DOWN', takenAtEpochMillis: null, visibility: null }, { rowOf: () => null, statusOf: () => null });
  assert.deepEqual([silent.queue, silent.sentence], [null, 'the cluster is down, it was never seen']);
});

test('where only its own jobs are seen that is said', () => {
  assert.deepEqual(line({ reasons: ['VISIBILITY'] }, { visibility: 'OWN' }).notes, ['the scheduler shows us only our own jobs there: more may run and wait than is counted']);
  assert.deepEqual(line().notes, []);
});

test('the list comes to a sentence', () => {
  const lines = [line(), line({ fits: 'LATER' }), line({ fits: 'NEVER' }), line({ fits: 'NEVER' })];
  assert.equal(summaryWords(lines), 'Room now in 1 queue of 1 cluster, 1 without room now, 2 never.');
  assert.equal(summaryWords(lines.slice(1, 2)), 'Nowhere is room now, 1 without room now.');
  assert.equal(summaryWords([]), 'No queue is known.');
});
