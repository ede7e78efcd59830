// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pendingQuestions, withPending } from '../js/model/pending.js';
import { use } from './rows.js';

const job = (/** @type {string | null} */ reason, taskCount = 1) => /** @type {any} */ ({ reason, taskCount });

test('asked is of whom something waits, each login by itself', () => {
  const uses = [
    { cluster: 'hpc1', use: { ...use('bob', 5), queuedJobs: 3 } },
    { cluster: 'hpc2', use: { ...use('bob', 5), heldJobs: 1, queuedJobs: 1 } },
    { cluster: 'hpc3', use: use('bob', 5) },
    { cluster: 'hpc4', use: null },
  ];
  const logins = (/** @type {string} */ cluster) => (cluster === 'hpc1' ? ['bob', 'bob-test'] : ['bob']);
  assert.deepEqual(
    pendingQuestions(uses, logins).map(({ cluster, login, state }) => `${cluster} ${login} ${state}`),
    ['hpc1 bob QUEUED', 'hpc1 bob-test QUEUED', 'hpc2 bob QUEUED', 'hpc2 bob HELD'],
  );
  const many = Array.from({ length: 100 }, (_, i) => ({ cluster: `c${i}`, use: { ...use('bob', 0), queuedJobs: 1 } }));
  assert.equal(pendingQuestions(many, () => ['bob']).length, 24);
});

test('tasks are counted by reason and cluster, most first', () => {
  const here = { cluster: 'hpc1', login: 'bob', state: /** @type {const} */ ('QUEUED') };
  const first = withPending([], here, [job('waits for free resources'), job(null), job('waits for free resources', 30)]);
  const all = withPending(first, { ...here, cluster: 'hpc2' }, [job('held by its user', 2)]);
  assert.deepEqual(
    all.map(({ cluster, reason, jobs }) => [cluster, reason, jobs]),
    [
      ['hpc1', 'waits for free resources', 31],
      ['hpc2', 'held by its user', 2],
      ['hpc1', 'no reason given', 1],
    ],
  );
});
