// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ColourBook, HUES } from '../js/model/colours.js';

const chart = (/** @type {string[]} */ ...names) => names.map((key, i) => ({ key, value: names.length - i }));
const many = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => `user${i}`);

test('the hue comes from the name: it is the same in another browser', () => {
  const [one, other] = [new ColourBook(), new ColourBook()];
  one.meet([chart('alice', 'bob')]);
  other.meet([chart('bob')]);
  other.meet([chart('alice')]);
  assert.equal(one.slot('alice'), other.slot('alice'));
  assert.equal(one.slot('bob'), other.slot('bob'));
});

test('ten names have ten hues, twenty have twenty colours', () => {
  const book = new ColourBook();
  book.meet([chart(...many(10))]);
  assert.deepEqual(
    many(10)
      .map((name) => book.slot(name))
      .sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  book.meet([chart(...many(20))]);
  assert.equal(new Set(many(20).map((name) => book.slot(name))).size, 20);
});

test('a colour once given is kept, whoever comes', () => {
  const book = new ColourBook();
  book.meet([chart('alice')]);
  const slot = book.slot('alice');
  book.meet([chart(...many(60), 'alice')]);
  assert.equal(book.slot('alice'), slot);
});

test('when there are more people than colours, those beside each other still differ', () => {
  const book = new ColourBook();
  book.meet([chart(...many(100))]);
  const newcomers = many(108).slice(100);
  book.meet([chart(...newcomers)]);
  assert.equal(new Set(newcomers.map((name) => book.slot(name))).size, newcomers.length);
});

test('with more people than colours a hue is shared before patterns fill the page', () => {
  const book = new ColourBook();
  const charts = Array.from({ length: 10 }, (_, i) => chart(...[0, 1, 2].map((k) => `user${3 * i + k}`)));
  book.meet(charts);
  const slots = charts.map((each) => each.map(({ key }) => book.slot(key)));
  assert.ok(slots.every((each) => new Set(each).size === 3));
  assert.ok(slots.flat().filter((slot) => slot >= HUES).length <= 10);
});

test('plain hues go to the largest parts', () => {
  const book = new ColourBook();
  const large = many(10).map((key) => ({ key, value: 100 }));
  const small = many(20)
    .slice(10)
    .map((key) => ({ key, value: 1 }));
  book.meet([[...small, ...large]]);
  assert.ok(large.every(({ key }) => book.slot(key) < HUES));
  assert.ok(small.every(({ key }) => book.slot(key) >= HUES));
});

test('two who share a colour and meet later part: the smaller moves, once, and to a colour nobody beside it has', () => {
  const book = new ColourBook();
  const charts = Array.from({ length: 10 }, (_, i) => chart(...[0, 1, 2].map((k) => `user${3 * i + k}`)));
  book.meet(charts);
  const large = 'user0';
  const small = many(30).find((name) => name !== large && book.slot(name) === book.slot(large)) ?? '';
  assert.notEqual(small, '');
  const [kept, beside] = [book.slot(large), charts.find((each) => each.some(({ key }) => key === small)) ?? []];
  const met = chart(large, small);
  assert.equal(book.knows(met), false);
  book.meet([met]);
  assert.equal(book.moves, 1);
  assert.equal(book.slot(large), kept);
  assert.equal(book.knows(met) && book.knows(beside), true);
  book.meet([...charts, met]);
  assert.equal(book.moves, 1);
});

test('what was remembered is used again, and rubbish is not', () => {
  assert.equal(new ColourBook([['alice', 13]]).slot('alice'), 13);
  for (const rubbish of ['x', null, [['alice', 99]], [['alice']], [[7, 7]], { alice: 3 }]) {
    const slot = new ColourBook(rubbish).slot('alice');
    assert.equal(slot, new ColourBook().slot('alice'));
  }
});

test('it does not grow without end', () => {
  const book = new ColourBook();
  book.meet([chart(...many(6000))]);
  assert.equal(book.entries().length, 5000);
});

test('it says whether somebody was new', () => {
  const book = new ColourBook();
  assert.equal(book.knows(chart('alice')), false);
  assert.equal(book.meet([chart('alice')]), true);
  assert.equal(book.meet([chart('alice')]), false);
  assert.equal(book.knows(chart('alice')), true);
});
