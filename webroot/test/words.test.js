// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../js/model/durations.js';
import { formatAge, formatClock, formatReadingTime, formatTick } from '../js/model/ages.js';
import { formatCount, formatShort } from '../js/model/numbers.js';
import { printable } from '../js/model/printable.js';
import { DEFAULT_VIEW, formatView, parseView } from '../js/model/view.js';
import { place } from '../js/model/place.js';
import { confProblems, confWords, failureWords, meshWords, pausedWords, queuedWord, schedulerName, slotWord, visibilityWords } from '../js/model/words.js';
import { row } from './rows.js';

test('an age is in its largest unit, then a moment', () => {
  const now = new Date(2026, 10, 22, 20, 0).getTime();
  const age = (/** @type {number} */ seconds) => formatAge(now - seconds * 1000, now);
  assert.deepEqual([age(0), age(59), age(60), age(3599), age(7200), age(-5)], ['0 s', '59 s', '1 min', '59 min', '2 h', '0 s']);
  assert.match(age(13 * 3600), /^07:00$/);
  assert.match(age(3 * 86_400), /20:00/);
  assert.match(age(60 * 86_400), /2026/);
});

test('the clock has seconds', () => {
  assert.equal(formatClock(new Date(2026, 10, 22, 14, 3, 12).getTime()), '14:03:12');
});

test('unknown is not zero', () => {
  assert.deepEqual([formatCount(null), formatCount(undefined), formatCount(NaN), formatCount(0)], ['–', '–', '–', '0']);
  assert.match(formatCount(14694), /^14\D?694$/);
  assert.equal(formatShort(99_999), formatCount(99_999));
  assert.match(formatShort(1_234_567), /^1.235\D/);
});

test('what cannot be seen is written out, what looks like markup is left as it is', () => {
  assert.equal(printable('a\nb\u001b[31m\u007f'), 'a\\u000ab\\u001b[31m\\u007f');
  assert.equal(printable('\u202egpj.exe'), '\\u202egpj.exe');
  assert.equal(printable('<img src=x onerror=alert(1)>'), '<img src=x onerror=alert(1)>');
  assert.equal(printable('Zoë 研究'), 'Zoë 研究');
  assert.equal(printable(null), '');
});

test('a link reproduces the view', () => {
  const open = place('queues', { of: 'hpc1', text: '&open=x #?=%00 \u00fc\n<b>' });
  for (const where of [null, open]) {
    const view = /** @type {const} */ ({ ...DEFAULT_VIEW, dimension: 'queue', measure: 'gpus', range: '1y', shape: 'lines', place: where });
    assert.deepEqual(parseView(formatView(view)), view);
  }
});

test('a place that there is not, and what no place has, is left out of a link', () => {
  assert.equal(parseView('#open=__proto__&of=hpc1').place, null);
  const { parameters } = parseView(`#open=queues&of=${'x'.repeat(999)}&by=group&empty=`).place ?? place('queues');
  assert.deepEqual(parameters, { of: 'x'.repeat(300) });
});

test('an unknown word in a link is the default', () => {
  assert.deepEqual(parseView('#by=nobody&in=%00&past=7d&x=1'), { ...DEFAULT_VIEW, range: '7d' });
  assert.deepEqual(parseView(''), DEFAULT_VIEW);
});

test("each scheduler's own words", () => {
  assert.equal(schedulerName(row()), 'TORQUE 6.1.3');
  assert.equal(schedulerName(row({ drms: 'lsf', drmsVersion: null })), 'lsf');
  assert.equal(schedulerName(row({ drms: null })), '');
  assert.deepEqual(
    [slotWord('gridengine'), slotWord('torque'), queuedWord('slurm'), queuedWord('openpbs')],
    ['slots', 'cores', 'pending', 'queued'],
  );
});

test('limited sight is said, but not of a cluster never seen', () => {
  assert.equal(visibilityWords(row()), '');
  assert.equal(visibilityWords(row({ visibility: 'OWN' })), 'sees only its own jobs');
  assert.equal(visibilityWords(row({ visibility: 'UNKNOWN' })), 'may not see all jobs');
  assert.equal(visibilityWords(row({ visibility: 'UNKNOWN', drms: null })), '');
});

test('every failure of the server has its words, and the hint of the server wins', () => {
  const codes =
    'SSH_UNREACHABLE SSH_AUTH_REFUSED HOST_KEY_MISMATCH PROBE_UNREACHABLE PROBE_TIMEOUT PROBE_PROTOCOL DRMS_COMMAND_MISSING DRMS_COMMAND_FAILED DRMS_TIMEOUT DRMS_UNPARSABLE NO_POLLER';
  const words = codes.split(' ').map((code) => failureWords({ code }));
  assert.equal(new Set(words.map((each) => each.words)).size, 11);
  assert.ok(words.every(({ hint }) => hint !== ''));
  assert.equal(failureWords({ code: 'PROBE_TIMEOUT', hint: 'on login1: qstat-probe doctor' }).hint, 'on login1: qstat-probe doctor');
  assert.equal(failureWords({ code: 'OF_LATER', detail: 'x' }).words, 'it does not answer');
});

test('a history that is paused is said, with its reason and since when', () => {
  const since = new Date(2026, 10, 22, 14, 3, 12).getTime();
  const history = { writing: false, reason: 'the disk is full', sinceEpochMillis: since, alarms: [] };
  assert.equal(pausedWords(history, since + 60_000), 'History is paused since 14:03: the disk is full. Live numbers go on.');
  assert.equal(pausedWords({ ...history, reason: null }, since), 'History is paused since 14:03. Live numbers go on.');
  assert.match(pausedWords(history, since + 60 * 86_400_000), /since .*2026.*: the disk/);
  assert.match(pausedWords({ ...history, reason: '\u202ea\nb' }, since), /: \\u202ea\\u000ab\. Live/);
});

test('a history that is written, or of which nothing is known, is not spoken of', () => {
  assert.deepEqual([pausedWords(undefined, 0), pausedWords(null, 0)], ['', '']);
  assert.equal(pausedWords({ writing: true, reason: null, sinceEpochMillis: 1, alarms: ['look'] }, 2), '');
});

test('a configuration that cannot be used is said with its files and places, and nothing hides in them', () => {
  const since = new Date(2026, 10, 22, 14, 3).getTime();
  const problems = [
    { file: 'clusters.json', place: 'line 7, column 3', message: 'is no JSON' },
    { file: 'a\u202eb.json', place: '', message: 'must be\nan object' },
  ];
  const conf = { node: 'front', inForceSinceEpochMillis: since, problems, more: 0 };
  assert.equal(
    confWords(conf, since + 60_000),
    'The configuration of front was changed and cannot be used; the grid goes on with what was read at 14:03.',
  );
  assert.deepEqual(confProblems(conf), ['clusters.json, line 7, column 3: is no JSON', 'a\\u202eb.json: must be\\u000aan object']);
  assert.equal(confProblems({ ...conf, more: 3 })[2], 'and 3 more; the log has all');
});

test('what is missing in the mesh is said, what is not is not', () => {
  assert.deepEqual([meshWords('UP'), meshWords(undefined)], ['', '']);
  assert.match(meshWords('NO_STORE'), /store/);
  assert.match(meshWords('OF_LATER'), /OF_LATER/);
});

test('durations read as schedulers write them', () => {
  assert.deepEqual(
    [0, 59, 3600, 86_399, 86_400, 950_461, null, undefined, -1].map((seconds) => formatDuration(seconds)),
    ['00:00:00', '00:00:59', '01:00:00', '23:59:59', '1-00:00:00', '11-00:01:01', '–', '–', '–'],
  );
});

test('ticks say the time, the day, the date or the month, as the axis is long', () => {
  const day = 86_400_000;
  const noon = new Date(2026, 10, 14, 12, 30).getTime();
  const tick = (/** @type {number} */ days) => formatTick(noon, days * day);
  assert.match(tick(1), /12.30/);
  assert.match(tick(7), /Sat.*14/);
  assert.match(tick(30), /14.*Nov|Nov.*14/);
  assert.match(tick(365), /^Nov$/);
  assert.equal(formatTick(new Date(2026, 0, 1).getTime(), 365 * day), '2026', 'where a year begins');
});

test('a reading of long steps names the days', () => {
  const day = 86_400_000;
  const start = Date.UTC(2026, 10, 14);
  assert.match(formatReadingTime(start, 60_000), /^Sat/);
  assert.match(formatReadingTime(start, 7_200_000), /Nov.*:/);
  assert.doesNotMatch(formatReadingTime(start, day), /15|:/);
  assert.match(formatReadingTime(start, 2 * day), /14.*15/);
});
