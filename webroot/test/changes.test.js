// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSpan, formatTimeOfDay } from '../js/model/ages.js';
import { changeLines, changesQuery, newerEnd, olderEnd } from '../js/model/change-words.js';
import { backWords, sinceWords } from '../js/model/words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT = 1_800_000_000_000;
const nothing = { cluster: null, use: null, nodes: null };
const words = (/** @type {any[]} */ changes) =>
  changeLines(changes.map((change) => ({ atEpochMillis: AT, ...nothing, ...change })), (login) => (login === 'u1234' ? 'alice' : login), 'cores').map(
    ({ sign, before, name, after }) => `${sign} ${before}${name}${after}`,
  );

test('who took or gave back cores', () => {
  const use = (/** @type {any} */ change) => ({ use: { user: 'u1234', startedJobs: 0, startedSlots: 0, endedJobs: 0, endedSlots: 0, ...change } });
  assert.deepEqual(
    words([
      use({ startedJobs: 19, startedSlots: 480, endedJobs: 1, endedSlots: 24 }),
      use({ endedJobs: 1, endedSlots: 1200 }),
      use({ user: null, startedJobs: 1, startedSlots: 64 }),
    ]),
    ['▲ alice +456 cores: 19 jobs started, 1 ended', '▼ alice −1,200 cores: 1 ended', '▲ somebody +64 cores: 1 job started'],
  );
});

test('what became of nodes: the first names, the rest counted, the reason they share', () => {
  const nodes = (/** @type {string} */ turn, /** @type {string[]} */ names, count = names.length, reason = null) => ({ nodes: { turn, count, names, reason } });
  assert.deepEqual(
    words([
      nodes('DOWN', ['cn12'], 1, /** @type {any} */ ('not responding')),
      nodes('BACK', ['cn1', 'cn2']),
      nodes('DRAINING', ['a', 'b', 'c', 'd', 'e'], 1207),
      nodes('MELTED', ['x\u202e']),
    ]),
    ['✕ node cn12 down: not responding', '● 2 nodes: cn1 and cn2 back', '◐ 1,207 nodes: a, b, c, d, e and 1,202 more draining', '✕ node x\u202e melted'].map((line) =>
      line.replace('melted', 'MELTED'),
    ),
    'a name is made printable where it is shown',
  );
});

test('an outage is told at both ends', () => {
  const down = { atEpochMillis: AT - 28 * MINUTE, cluster: { change: 'CLUSTER_DOWN', failure: 'PROBE_TIMEOUT' } };
  const up = { cluster: { change: 'CLUSTER_UP', failure: null } };
  assert.deepEqual(words([up, { nodes: { turn: 'NEW', count: 1, names: ['n1'], reason: null } }, down]), [
    `● answers again: was away ${formatTimeOfDay(AT - 28 * MINUTE)}–${formatTimeOfDay(AT)}, 28 min`,
    '● node n1 new',
    '✕ stopped answering: monitoring is down: the probe does not answer in time',
  ]);
  assert.deepEqual(words([up]), ['● answers again'], 'it began before what is listed');
});

test('a page ends at the moment shown or where the link says, and leads on', () => {
  const now = changesQuery('hpc1', undefined, AT, HOUR);
  assert.deepEqual(now, { cluster: 'hpc1', fromEpochMillis: AT + 1 - HOUR, toEpochMillis: AT + 1, limit: 100 });
  const older = changesQuery('hpc1', olderEnd(now, null), AT, HOUR);
  assert.equal(older.toEpochMillis, now.fromEpochMillis);
  assert.equal(olderEnd(now, { fromEpochMillis: AT - 5, more: true }), String(AT - 5), 'what was not read yet comes first');
  assert.equal(newerEnd(older, AT, HOUR), null);
  assert.equal(newerEnd(older, AT + 5 * MINUTE, HOUR), null, 'time went on meanwhile');
  assert.equal(newerEnd(changesQuery('hpc1', olderEnd(older, null), AT, HOUR), AT, HOUR), String(older.toEpochMillis));
  for (const odd of ['-1', '1e9', 'now', '9'.repeat(30), '']) assert.equal(changesQuery('hpc1', odd, AT, HOUR).toEpochMillis, AT + 1, odd);
  assert.equal(changesQuery('hpc1', '5', AT, HOUR).fromEpochMillis, 0);
});

test('how long it has been away, and that it is back', () => {
  assert.deepEqual([5_000, 23 * MINUTE, 119 * MINUTE, 5 * HOUR, 50 * HOUR].map(formatSpan), ['5 s', '23 min', '119 min', '5 h', '2 d']);
  assert.equal(sinceWords(AT - 23 * MINUTE, AT), ` since ${formatTimeOfDay(AT - 23 * MINUTE)}, 23\u00a0min`);
  assert.equal(sinceWords(null, AT), '');
  const outage = { fromEpochMillis: AT - 30 * MINUTE, toEpochMillis: AT - 2 * MINUTE };
  assert.equal(backWords(outage, AT), `answers again since ${formatTimeOfDay(AT - 2 * MINUTE)}, was away 28 min`);
  assert.equal(backWords(outage, AT + 9 * MINUTE), '');
  assert.equal(backWords(null, AT), '');
});
