// @ts-check
import { element, setText } from '../element.js';
import { placeLink } from '../link.js';
import { find } from '../model/finding.js';
import { formatCounted } from '../model/numbers.js';
import { place } from '../model/place.js';
import { printable } from '../model/printable.js';
/** @import {Place} from '../model/place.js' */
/** @import {Found} from '../model/finding.js' */
/** @import {World} from '../panels/row.js' */

const MOST_CLUSTERS = 4;

/** A person, lab, cluster, queue, group or account by a part of its name. */
export class FindPlace extends HTMLElement {
  /** @type {World} */ #world = /** @type {any} */ (null);
  #input = element('input', { type: 'search', id: 'find-text', autocomplete: 'off', spellcheck: 'false', autofocus: true });
  #count = element('p', { class: 'sheet-note', role: 'status' });
  #results = element('ol', { class: 'find-results' });

  /** @param {World} world */
  attach(world) {
    this.#world = world;
    this.append(element('label', { for: 'find-text' }, 'a person, lab, cluster, queue, group or account'), this.#input, this.#count, this.#results);
    this.#input.addEventListener('input', () => {
      world.store.changeView({ place: place('find', { text: this.#input.value }) });
    });
    this.#input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.#results.querySelector('a')?.click();
    });
  }

  /** @param {Place} place */
  show({ parameters }) {
    const text = parameters.text ?? '';
    if (this.#input.value.trim() !== text.trim()) this.#input.value = text;
    this.#input.focus();
    const { store } = this.#world;
    const found = find(text, store.clusters ?? [], (id) => store.row(id), store.people);
    setText(this.#count, text ? `${formatCounted(found.length, 'match', 'matches')} among all that runs or waits now` : '');
    this.#results.replaceChildren(...found.map(resultLine));
  }

  leave() {}
}

/** @param {Found} found */
function resultLine({ kind, key, name, clusters, cores }) {
  const words = printable(name === key ? key : `${name} (${key})`);
  const about = element('span', { class: 'find-kind' }, kind);
  const uses = cores > 0 && kind !== 'cluster' ? `, ${formatCounted(cores, 'core', 'cores')}` : '';
  if (kind === 'person' || kind === 'lab' || kind === 'cluster') {
    const where = kind === 'cluster' ? '' : `${whereWords(clusters)}${uses}`;
    return element('li', { 'data-found': kind }, about, linkTo(kind, key, words), element('span', { class: 'find-where' }, where));
  }
  const links = clusters.slice(0, MOST_CLUSTERS).map(({ cluster, title }) => placeLink('queues', { of: cluster }, printable(title)));
  return element('li', { 'data-found': kind }, about, `${words} on `, ...links.flatMap((link) => [link, ' ']), element('span', { class: 'find-where' }, uses.slice(2)));
}

/** @param {'person' | 'lab' | 'cluster'} kind @param {string} key @param {string} words */
function linkTo(kind, key, words) {
  if (kind === 'person') return placeLink('person', { who: key }, words);
  return kind === 'lab' ? placeLink('lab', { lab: key }, words) : placeLink('queues', { of: key }, words);
}

/** @param {{title: string}[]} clusters */
function whereWords(clusters) {
  if (clusters.length === 0) return 'nothing now';
  const names = clusters.slice(0, MOST_CLUSTERS).map(({ title }) => printable(title));
  const more = clusters.length > MOST_CLUSTERS ? ` and ${clusters.length - MOST_CLUSTERS} more` : '';
  return `on ${names.join(', ')}${more}`;
}

customElements.define('qm-place-find', FindPlace);

export const title = () => 'Find';

export const create = () => new FindPlace();
