// @ts-check
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(`${root}/js`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
const read = (/** @type {string} */ name) => readFileSync(`${root}/${name}`, 'utf8');
const html = read('index.html');
const holding = (/** @type {RegExp} */ pattern) => sources.filter((name) => pattern.test(read(`js/${name}`)));

test('no text becomes markup or code', () => {
  const doors = /\.(inner|outer)HTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|new Function|useHTML/;
  assert.deepEqual(holding(doors), []);
});

test('the page holds nothing that its strict policy refuses', () => {
  assert.doesNotMatch(html, /\sstyle=|\son\w+=|<style|javascript:|https?:/);
  assert.deepEqual([...html.matchAll(/<script(?![^>]*\bsrc=)/g)], []);
});

test('addresses stand in one file', () => assert.deepEqual(holding(/grid\.(clusters?|\w+\.query)/), ['topics.js']));

test('one file knows the bridge, one opens the door to Highcharts', () => {
  assert.deepEqual(holding(/type: 'register'/), ['bus.js']);
  assert.deepEqual(holding(/globalThis\)?\.Highcharts/), ['charts/highcharts.js']);
});

test('the models know no document', () => {
  const models = sources.filter((name) => name.startsWith('model/'));
  assert.ok(models.length > 10);
  assert.deepEqual(
    models.filter((name) => /\b(document|window|Highcharts|localStorage)\b\./.test(read(`js/${name}`))),
    [],
  );
});

test('every file of ours that the page or a module names is there', () => {
  const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path).filter((path) => !path.startsWith('lib/'));
  assert.deepEqual(
    named.filter((path) => !existsSync(`${root}/${path}`)),
    [],
  );
  for (const name of sources) {
    for (const [, path] of read(`js/${name}`).matchAll(/new Worker\('([^']+)'/g)) assert.ok(existsSync(`${root}/${path}`), path);
    for (const [, path] of read(`js/${name}`).matchAll(/(?:from|import) '(\.[^']+)'/g)) {
      assert.ok(existsSync(new URL(path, `file://${root}/js/${name}`)), `${name} imports ${path}`);
    }
  }
});

test('no modules import each other, and all are written so that they can be packed', () => {
  /** @type {Map<string, 'open' | 'done'>} */ const seen = new Map();
  /** @param {string} name @param {string[]} way */
  const visit = (name, way) => {
    assert.notEqual(seen.get(name), 'open', `these import each other: ${[...way, name].join(', ')}`);
    if (seen.has(name)) return;
    seen.set(name, 'open');
    const source = read(`js/${name}`);
    assert.doesNotMatch(source, /^export (?!(async )?(function|class|const) \w)/m, name);
    for (const [, path] of source.matchAll(/^(?:import|} from) .*?'(\.[^']+)';$/gm)) {
      visit(new URL(path, `file:///${name}`).pathname.slice(1), [...way, name]);
    }
    seen.set(name, 'done');
  };
  for (const name of sources) visit(name, []);
});
