// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playedTo, rowAt, sliderOf, stepMillis, stepped, ticksBetween, windowOf } from '../js/model/moment.js';
import { formatMomentLink, parseMoment } from '../js/model/moment-link.js';
import { DEFAULT_VIEW, formatView, gridPart, parseView } from '../js/model/view.js';
import { row } from './rows.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 20_000 * DAY + 7 * MINUTE + 1;
const view = (/** @type {Partial<import('../js/model/view.js').View>} */ change) => ({ ...DEFAULT_VIEW, ...change });

test('a link names the moment in a form that everybody reads alike', () => {
  const at = Date.UTC(2026, 10, 22, 14, 3);
  assert.equal(formatMomentLink(at), '2026-11-22T14:03:00Z');
  assert.equal(parseMoment('2026-11-22T14:03:00Z'), at);
  assert.equal(parseMoment('2026-11-22T14:03Z'), at);
  assert.equal(parseView(formatView(view({ at }))).at, at);
  assert.match(formatView(view({ at })), /at=2026-11-22T14%3A03%3A00Z/);
});

test('what is no moment is now', () => {
  for (const text of [null, '', 'yesterday', '2026-11-22', '2026-11-22T14:03', '2026-13-99T14:03:00Z', '1e3', '1969-01-01T00:00:00Z']) {
    assert.equal(parseMoment(text), null, String(text));
  }
});

test('the moment is no part of what the switches say', () => {
  assert.equal(gridPart(view({ at: 1 })), gridPart(view({})));
});

test('steps lie on whole steps, and the last one is now', () => {
  const at = NOW - 100 * MINUTE;
  assert.equal(stepMillis(view({})), 5 * MINUTE);
  assert.equal(stepped(view({}), -1, NOW), 20_000 * DAY + 5 * MINUTE, 'from now to the last whole step');
  assert.equal(stepped(view({ at: 20_000 * DAY - 5 * MINUTE }), 1, NOW), 20_000 * DAY);
  assert.equal(stepped(view({ at: 20_000 * DAY }), -10, NOW), 20_000 * DAY - 50 * MINUTE);
  assert.equal(stepped(view({ at: 20_000 * DAY + 5 * MINUTE }), 1, NOW), null, 'on beyond now');
  assert.equal(Number(stepped(view({ at, range: '1y' }), -1, NOW)) % DAY, 0);
  assert.equal(stepped(view({ at: 0 }), -1, NOW), 0);
});

test('a moment within the range moves no chart', () => {
  assert.deepEqual(windowOf(view({}), NOW), { from: NOW - DAY, to: NOW, live: true });
  assert.deepEqual(windowOf(view({ at: NOW - DAY }), NOW), windowOf(view({}), NOW));
});

test('a moment before it has a window that stands still while it moves on', () => {
  const at = NOW - 9.3 * DAY;
  const around = windowOf(view({ at }), NOW);
  assert.equal(around.live, false);
  assert.equal(around.to - around.from, DAY);
  assert.ok(at - around.from >= DAY / 4 && around.to - at >= DAY / 4, 'there is something on both sides');
  assert.deepEqual(windowOf(view({ at: at + MINUTE }), NOW + HOUR), around);
  for (let back = 1.001; back < 3; back += 0.01) {
    assert.ok(windowOf(view({ at: NOW - back * DAY }), NOW).to <= NOW, `${back} days back ends in the past`);
  }
});

test('the slider has a step for each of the range, and now at its end', () => {
  const { from, step, count } = sliderOf(view({}), NOW);
  assert.equal(count, 288);
  assert.equal(from % step, 0);
  assert.ok(from + (count - 1) * step < NOW && from + count * step >= NOW);
  const at = NOW - 9.3 * DAY;
  const old = sliderOf(view({ at }), NOW);
  assert.equal(old.from, windowOf(view({ at }), NOW).from);
  assert.ok(at > old.from && at < old.from + old.count * old.step);
});

test('a day is played in a minute', () => {
  assert.equal(playedTo(0, MINUTE), DAY);
  assert.equal(playedTo(NOW, 0), NOW);
  assert.equal(playedTo(NOW, 251) - NOW, 6 * MINUTE, 'in pictures of six minutes');
});

test('a picture far from the moment does not stand for it', () => {
  const seen = row({ observedAtEpochMillis: NOW, staleAfterMillis: 190_000 });
  assert.equal(rowAt(seen, NOW + 15 * MINUTE), seen);
  assert.equal(rowAt(seen, NOW - 15 * MINUTE), seen, 'the nearest one may be after');
  assert.equal(rowAt(seen, NOW + 15 * MINUTE + 1), null);
  const seldom = row({ observedAtEpochMillis: NOW, staleAfterMillis: 2 * HOUR });
  assert.equal(rowAt(seldom, NOW + 2 * HOUR), seldom, 'where polls are seldom');
  const step = { ...seen, snapshotId: '' };
  assert.equal(rowAt(step, NOW + 59 * MINUTE), step, 'where only hours are kept');
  assert.equal(rowAt(step, NOW + 61 * MINUTE), null);
  assert.equal(rowAt(row({ observedAtEpochMillis: null }), NOW), null);
});

test("ticks stand on the visitor's days and hours", () => {
  const noon = new Date(2026, 10, 14, 12, 0).getTime();
  const of = (/** @type {any} */ range, /** @type {number} */ millis) => ticksBetween(noon - millis, noon, range).map((tick) => new Date(tick));
  assert.deepEqual(of('24h', DAY).map((tick) => tick.getHours()), [12, 18, 0, 6, 12]);
  const days = of('7d', 7 * DAY);
  assert.equal(days.length, 7);
  assert.ok(days.every((tick) => tick.getHours() === 0));
  assert.equal(of('1y', 365 * DAY).length, 12);
  assert.ok(of('1y', 365 * DAY).every((tick) => tick.getDate() === 1));
  assert.deepEqual(of('1h', HOUR).map((tick) => tick.getMinutes()), [0, 15, 30, 45, 0]);
  assert.equal(of('30d', 30 * DAY).length, 4);
});
