// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvField } from '../js/model/safe-text.js';
import { fileName, headline, toCsv, toJson } from '../js/model/takeaway.js';
import { DEFAULT_VIEW } from '../js/model/view.js';

const AT = Date.UTC(2026, 10, 22, 14, 3, 9);

test('no field of a table is calculated, split or obeyed', () => {
  const fields = {
    alice: 'alice',
    '=1+1': "'=1+1",
    '+1': "'+1",
    '-1': "'-1",
    '@x': "'@x",
    '＝x': "'＝x",
    'a;=b': "a;'=b",
    'a=b': 'a=b',
    'a,b': '"a,b"',
    'say "so"': '"say ""so"""',
    '=a,"b"': '"\'=a,""b"""',
    'a\r\nb\t\u001b[1m': 'a\\u000d\\u000ab\\u0009\\u001b[1m',
    '\u202eevil\ufeff': '\\u202eevil\\ufeff',
    '\u{e0041}': '\\udb40\\udc41',
    'ü 漢 😀': 'ü 漢 😀',
    '': '',
  };
  for (const [text, field] of Object.entries(fields)) assert.equal(csvField(text), field);
});

const view = { ...DEFAULT_VIEW };
const history = /** @type {import('../js/model/history.js').History} */ ({
  from: AT - 120_000,
  stepMillis: 60_000,
  length: 3,
  series: [{ key: '=cmd|x', values: [1.23456, null, 0] }],
  others: [2, null, 2],
  free: [5, null, 6],
  total: [8, 8, 8],
});
const over = { cluster: 'hpc1', title: 'HPC 1', view, atMillis: AT, history };

test('a file says whose, what and of when it is', () => {
  assert.equal(fileName(over, 'csv'), 'hpc1-cores-by-user-24h-2026-11-22T1403Z.csv');
  const now = { ...over, history: undefined, cluster: '../e vil', view: { ...view, measure: /** @type {const} */ ('gpus') } };
  assert.equal(fileName(now, 'png'), 'e-vil-gpus-by-user-now-2026-11-22T1403Z.png');
  assert.equal(headline(over), 'HPC 1: cores by user, 24 h to 2026-11-22 14:03 UTC');
  assert.equal(headline(now), 'HPC 1: GPUs by user, 2026-11-22 14:03 UTC');
});

test('a table of a history has a line for each value, and nothing where nothing is known', () => {
  const lines = toCsv(over).split('\r\n');
  assert.equal(lines.length, 1 + 4 * 3 + 1);
  assert.deepEqual(lines.slice(0, 4), [
    'time,cluster,dimension,kind,key,name,value,min,max,unit',
    "2026-11-22T14:01:09.000Z,hpc1,user,key,'=cmd|x,'=cmd|x,1.235,,,cores",
    "2026-11-22T14:02:09.000Z,hpc1,user,key,'=cmd|x,'=cmd|x,,,,cores",
    "2026-11-22T14:03:09.000Z,hpc1,user,key,'=cmd|x,'=cmd|x,0,,,cores",
  ]);
  assert.equal(lines.at(-1), '');
  const jobs = toCsv({ ...over, view: { ...view, measure: 'jobs' } });
  assert.ok(!/,free,|,total,/.test(jobs), 'cores are not counted among jobs');
});

test('JSON has the very text, units and moments', () => {
  const json = JSON.parse(toJson(over));
  assert.equal(json.series[0].key, '=cmd|x');
  assert.deepEqual(json.series[0].values, [1.235, null, 0]);
  assert.deepEqual([json.unit, json.stepMillis, json.times[2]], ['cores', 60_000, '2026-11-22T14:03:09.000Z']);
});

test('a donut is taken along part by part', () => {
  /** @type {import('../js/model/usage.js').Usage} */
  const usage = {
    running: 12,
    parts: [
      { kind: 'key', key: 'a,b', name: 'a,b', value: 10 },
      { kind: 'others', key: '', value: 2, members: 3 },
      { kind: 'free', key: '', value: 7 },
    ],
  };
  const what = { cluster: 'hpc1', title: 'HPC 1', view, atMillis: AT, usage };
  assert.deepEqual(toCsv(what).split('\r\n').slice(1, 4), [
    '2026-11-22T14:03:09.000Z,hpc1,user,key,"a,b","a,b",10,,,cores',
    '2026-11-22T14:03:09.000Z,hpc1,user,others,,,2,,,cores',
    '2026-11-22T14:03:09.000Z,hpc1,user,free,,,7,,,cores',
  ]);
  assert.deepEqual(JSON.parse(toJson(what)).parts[1], { kind: 'others', key: null, value: 2, members: 3 });
});
