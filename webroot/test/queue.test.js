// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partWords, roughly, sizeWords, topOwners, waitsOfQueue } from '../js/model/queue-facts.js';
import { People } from '../js/model/people.js';
import { busiest, queuesWords, queueState } from '../js/model/queue-words.js';
import { jobsOfKey, jobsOfReason, placeOfQueue, placeOfUser } from '../js/model/who.js';

test('who has most in a queue: tasks of arrays count one by one', () => {
  const job = (/** @type {string} */ jobOwner, /** @type {number | null} */ slots, taskCount = 1) => /** @type {any} */ ({ jobOwner, slots, taskCount });
  assert.deepEqual(topOwners([job('bob', 16), job('alice', 4, 10), job('bob', null)]), [
    { owner: 'alice', jobs: 10, slots: 40 },
    { owner: 'bob', jobs: 2, slots: 16 },
  ]);
  assert.equal(topOwners(Array.from({ length: 40 }, (_, i) => job(`u${i}`, i))).length, 10);
  assert.deepEqual([partWords(12, 12), partWords(4120, 1000)], ['', 'of the 1,000 largest of 4,120 jobs']);
});

test('waits are those of the queue, by size in words', () => {
  const wait = (/** @type {string | null} */ queueName, /** @type {number} */ minSlots, /** @type {number | null} */ maxSlots) => ({
    queueName,
    minSlots,
    maxSlots,
    count: 7,
    p50Seconds: 60,
    p90Seconds: 7000,
  });
  const answer = { waits: [wait(null, 0, null), wait('batch', 0, null), wait('batch', 1, 1), wait('batch', 2, 8), wait('batch', 513, null)] };
  assert.deepEqual(
    waitsOfQueue(answer, 'batch').map((one) => sizeWords(one, 'cores')),
    ['any size', '1 core', '2 to 8 cores', '513 cores and more'],
  );
  assert.deepEqual(waitsOfQueue(null, 'batch'), []);
  assert.deepEqual([0, 40, 2400, 21_600, 259_200].map(roughly), ['no time', '40 s', '40 min', '6 h', '3 d']);
});

test('a queue is open, closed or stopped, or nobody knows', () => {
  const state = (/** @type {boolean | null} */ enabled, /** @type {boolean | null} */ started) => queueState(/** @type {any} */ ({ enabled, started }));
  assert.deepEqual(
    [state(true, true), state(false, true), state(true, false), state(false, false), state(null, null)],
    ['open', 'takes no new jobs', 'starts no jobs', 'closed, stopped', '–'],
  );
});

test('a line of a legend leads to its jobs, one that stands for many to none', () => {
  assert.deepEqual(jobsOfKey(new People(), 'user', 'hpc1', 'alice')?.parameters, { of: 'hpc1', owner: 'alice' });
  assert.deepEqual(jobsOfKey(new People(), 'group', 'hpc1', '(none)')?.parameters, { of: 'hpc1', group: '(none)' });
  assert.equal(jobsOfKey(new People(), 'user', 'hpc1', '(others)'), null);
  const people = new People({ persons: [{ id: 'alice', logins: { hpc2: 'u1234', hpc3: ['a1', 'a2'] } }] });
  assert.deepEqual(jobsOfKey(people, 'user', 'hpc2', 'alice')?.parameters, { of: 'hpc2', owner: 'u1234' });
  assert.deepEqual(jobsOfKey(people, 'user', 'hpc3', 'alice'), { name: 'person', parameters: { who: 'alice' } });
  assert.deepEqual(placeOfUser(people, 'hpc3', 'a2').parameters, { who: 'alice' });
  assert.deepEqual(jobsOfReason('hpc1', 'waits for x…').parameters, { of: 'hpc1', text: 'waits for x' });
  assert.deepEqual(jobsOfReason('hpc1', 'no reason given').parameters, { of: 'hpc1', state: 'QUEUED' });
  assert.deepEqual(placeOfQueue('hpc1', 'batch,fat').parameters, { of: 'hpc1', queue: 'batch' });
});

test('queues in a line: how many are open, and the busiest of them', () => {
  const queue = (/** @type {string} */ queueName, /** @type {boolean | null} */ enabled, started = enabled, runningJobs = 0, queuedJobs = 0) =>
    /** @type {any} */ ({ queueName, enabled, started, runningJobs, queuedJobs });
  const open = queue('batch', true);
  assert.equal(queuesWords([open, queue('course', true, false), queue('old', false, true)]), '1 of 3 queues open');
  assert.deepEqual([[], [open], [open, open], [open, queue('odd', null)]].map(queuesWords), ['no queues', '1 queue, open', '2 queues, all open', '2 queues']);
  const names = busiest([queue('a', true, true, 1, 1), queue('b', true, true, 0, 9), queue('c', true), queue('d', true, true, 5, 0)], 2).map(({ queueName }) => queueName);
  assert.deepEqual(names, ['b', 'd'], 'an empty one is none');
});
