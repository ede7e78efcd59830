// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, everywhere, labEverywhere, People, seriesByPerson, totalOf } from '../js/model/people.js';
import { row, use } from './rows.js';

const people = new People({
  persons: [
    { id: 'alice', title: 'Alice A.', lab: 'chem', logins: { hpc2: 'u1234', '*': 'alice' } },
    { id: 'bob', logins: { hpc1: ['bob', 'bob-test'] } },
  ],
  labs: [{ id: 'chem', title: 'Chemistry' }],
});

test('a login belongs to who has it there', () => {
  assert.equal(people.personOf('hpc2', 'u1234'), 'alice');
  assert.equal(people.personOf('hpc1', 'alice'), 'alice');
  assert.equal(people.personOf('hpc1', 'u1234'), 'u1234', 'of another cluster');
  assert.equal(people.personOf('hpc2', 'alice'), 'alice@hpc2', 'somebody else of that name');
  assert.equal(people.personOf('hpc9', 'bob'), 'bob');
  assert.deepEqual([people.loginsOf('alice', 'hpc2'), people.loginsOf('alice', 'hpc9'), people.loginsOf('bob', 'hpc1')], [['u1234'], ['alice'], ['bob', 'bob-test']]);
  assert.deepEqual(people.loginsOf('stranger', 'hpc1'), ['stranger']);
  assert.deepEqual(people.loginsOf('alice@hpc2', 'hpc2'), ['alice'], 'the namesake has the login itself');
});

test('titles and labs', () => {
  assert.deepEqual([people.titleOf('alice'), people.titleOf('bob'), people.labOf('alice'), people.labOf('bob')], ['Alice A.', 'bob', 'chem', null]);
  assert.deepEqual([people.labTitleOf('chem'), people.labTitleOf('bio')], ['Chemistry', 'bio']);
});

test('logins of one person are one person in a row, and nothing is lost', () => {
  const users = [use('bob', 10, 2), use('carol', 7), use('bob-test', 5, 1)];
  const folded = byPerson(row({ usage: { user: users, group: null } }), people).usage?.user;
  assert.deepEqual(folded, [use('bob', 15, 3), use('carol', 7)]);
  const alone = row();
  assert.equal(byPerson(alone, new People(null)), alone, 'nothing is made anew where nobody is named');
});

test('logins of one person are one line over time; unknown stays unknown', () => {
  const series = [
    { key: 'bob', values: [1, null, null] },
    { key: 'carol', values: [1, 1, 1] },
    { key: 'bob-test', values: [2, 2, null] },
  ];
  assert.deepEqual(seriesByPerson(series, 'hpc1', people), [
    { key: 'bob', values: [3, 2, null] },
    { key: 'carol', values: [1, 1, 1] },
  ]);
});

test('one person on all clusters: zero where she has nothing, null where nobody knows', () => {
  const rows = new Map([
    ['hpc1', row({ usage: { user: [use('alice', 24, 2)], group: null } })],
    ['hpc2', byPerson(row({ cluster: 'hpc2', usage: { user: [use('u1234', 8)], group: null } }), people)],
    ['hpc3', row({ cluster: 'hpc3', usage: { user: [], group: null } })],
  ]);
  const clusters = ['hpc1', 'hpc2', 'hpc3', 'hpc4'].map((cluster) => ({ cluster, title: cluster.toUpperCase() }));
  const uses = everywhere(clusters, (id) => rows.get(id) ?? null, 'alice');
  assert.deepEqual(
    uses.map((one) => one.use?.runningSlots ?? null),
    [24, 8, 0, null],
  );
  const total = totalOf(uses);
  assert.deepEqual([total.runningSlots, total.runningJobs, total.clusters], [32, 3, 2]);
});

test('a lab: who is of it, what a chart calls it, what it has on each cluster', () => {
  const two = new People({ persons: [{ id: 'alice', lab: 'chem' }, { id: 'bob', lab: 'bio' }, { id: 'carol', lab: 'chem' }], labs: [{ id: 'chem', title: 'Chemistry' }] });
  assert.deepEqual([two.labs(), two.membersOf('chem'), two.membersOf('none')], [['chem', 'bio'], ['alice', 'carol'], []]);
  assert.deepEqual(
    ['chem', 'bio', ''].map((key) => two.nameOf('lab', key)),
    ['Chemistry', 'bio', 'no lab'],
  );
  assert.equal(two.nameOf('group', 'chem'), 'chem', 'a group is no lab');
  const rows = new Map([
    ['hpc1', row({ usage: { user: [], lab: [use('chem', 24, 2), use('', 8)] } })],
    ['hpc2', row({ usage: { user: [], lab: [] } })],
    ['hpc3', row({ usage: { user: [], lab: null } })],
  ]);
  const clusters = ['hpc1', 'hpc2', 'hpc3'].map((cluster) => ({ cluster, title: cluster }));
  assert.deepEqual(
    labEverywhere(clusters, (id) => rows.get(id) ?? null, 'chem').map((one) => one.use?.runningSlots ?? null),
    [24, 0, null],
  );
});
