// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatTook, nodeLines, oldestWords, pollLines } from '../js/model/ops.js';

const NOW = 1_795_330_395_000;
const polls = (/** @type {string} */ cluster, other = {}) => ({
  cluster,
  polls: { UP: 20 },
  replies: 20,
  replyBytes: 400_000,
  parseProblems: 0,
  p50Millis: 12.34,
  p99Millis: 1234,
  failing: false,
  lastGoodEpochMillis: NOW - 5000,
  ...other,
});
const node = (/** @type {string} */ name, other = {}) => ({
  node: name,
  release: '0.1.0',
  heardEpochMillis: NOW - 1000,
  upMillis: 3_600_000,
  stages: [{ stage: 'poller', status: 'UP', restarts: 0 }],
  memory: { residentBytes: 130_000_000, heapUsedBytes: 1 },
  clusters: [polls('hpc1')],
  store: null,
  browsers: null,
  ...other,
});

test('a node says what it runs, and when it fell silent', () => {
  const store = { databaseBytes: 7_000_000, writing: false, pending: 3, dropped: 0 };
  const stages = [
    { stage: 'broadcast', status: 'UP', restarts: 0 },
    { stage: 'store', status: 'DOWN', restarts: 2 },
  ];
  const [front, away] = nodeLines({
    atEpochMillis: NOW,
    nodes: [node('fr\u202eont', { stages, clusters: [], store, browsers: { browsers: 12, drops: {} } }), node('away', { heardEpochMillis: NOW - 40_000 })],
  });
  assert.equal(front.stages, 'broadcast, store (down, 2 restarts)');
  assert.deepEqual([front.history, front.browsers, front.clusters, front.memory], ['7.0 MB, paused, 3 wait', '12', '', '130.0 MB']);
  assert.ok(!front.node.includes('\u202e'));
  assert.deepEqual([front.silent, away.silent, away.state, away.clusters], [false, true, 'silent for 40 s', '1']);
});

test('clusters that fail come first, those of silent nodes not at all', () => {
  const failing = polls('hpc3', { failing: true, polls: { UP: 2, PROBE_TIMEOUT: 3, SSH_UNREACHABLE: 4 }, lastGoodEpochMillis: null, replies: 0, replyBytes: 0 });
  const lines = pollLines(
    { atEpochMillis: NOW, nodes: [node('a', { clusters: [polls('hpc2'), polls('hpc1'), failing] }), node('b', { heardEpochMillis: NOW - 60_000, clusters: [polls('gone')] })] },
    ['hpc1', 'hpc2', 'hpc3'],
  );
  assert.deepEqual(
    lines.map(({ cluster }) => cluster),
    ['hpc3', 'hpc1', 'hpc2'],
  );
  assert.deepEqual([lines[0].failures, lines[0].failed, lines[0].lastGood, lines[0].reply], ['SSH_UNREACHABLE 4, PROBE_TIMEOUT 3', '7', 'never', '–']);
  assert.deepEqual([lines[1].half, lines[1].most, lines[1].reply, lines[1].lastGood], ['12 ms', '1.2 s', '20.0 kB', '5 s']);
});

test('the oldest news of all', () => {
  const seen = { title: 'HPC 1', observedAtEpochMillis: NOW - 40_000 };
  assert.equal(oldestWords([seen, { title: 'HPC 2', observedAtEpochMillis: NOW }, { title: 'x', observedAtEpochMillis: null }], NOW), 'oldest news: HPC 1, 40 s old; 1 cluster was never seen');
  assert.equal(oldestWords([], NOW), 'no cluster was seen yet');
});

test('bytes and times with few digits', () => {
  assert.deepEqual([null, 0, 999, 1000, 7_012_345_678].map(formatBytes), ['–', '0 B', '999 B', '1.0 kB', '7.0 GB']);
  assert.deepEqual([null, 0.25, 12.6, 1000].map(formatTook), ['–', '0.3 ms', '13 ms', '1.0 s']);
});
