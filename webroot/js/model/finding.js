// @ts-check
/** @import {Row} from './row.js' */
/** @import {People} from './people.js' */

/**
 * @typedef {object} Found
 * @property {'person' | 'lab' | 'cluster' | 'queue' | 'group' | 'account'} kind
 * @property {string} key the person's id, the cluster's id or the name
 * @property {string} name to be shown
 * @property {{cluster: string, title: string}[]} clusters where it is; for a person or a lab those where she or it runs or waits
 * @property {number} cores that run there
 */

const MOST = 50;

/**
 * What the rows at hand have of a text: persons, labs, clusters, queues, groups and accounts whose name holds it, those that begin with it
 * first, then the larger ones.
 *
 * @param {string} text
 * @param {{cluster: string, title: string}[]} clusters
 * @param {(cluster: string) => Row | null} rowOf
 * @param {People} people
 * @returns {Found[]} at most 50
 */
export function find(text, clusters, rowOf, people) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  /** @type {Map<string, Found>} */
  const found = new Map();
  /** @param {Found['kind']} kind @param {string} key @param {string} name @param {{cluster: string, title: string} | null} cluster @param {number} cores */
  const note = (kind, key, name, cluster, cores) => {
    if (!key.toLowerCase().includes(wanted) && !name.toLowerCase().includes(wanted)) return;
    const id = `${kind}\n${key}`;
    const known = found.get(id) ?? { kind, key, name, clusters: [], cores: 0 };
    if (cluster) known.clusters.push(cluster);
    known.cores += cores;
    found.set(id, known);
  };
  for (const id of people.ids()) note('person', id, people.titleOf(id), null, 0);
  for (const id of people.labs()) note('lab', id, people.labTitleOf(id), null, 0);
  for (const cluster of clusters) {
    note('cluster', cluster.cluster, cluster.title, cluster, rowOf(cluster.cluster)?.slots?.used ?? 0);
    const row = rowOf(cluster.cluster);
    for (const use of row?.usage?.user ?? []) note('person', use.key, people.titleOf(use.key), cluster, use.runningSlots);
    for (const use of row?.usage?.lab ?? []) if (use.key) note('lab', use.key, people.labTitleOf(use.key), cluster, use.runningSlots);
    for (const kind of /** @type {const} */ (['group', 'account'])) {
      for (const use of row?.usage?.[kind] ?? []) note(kind, use.key, use.key, cluster, use.runningSlots);
    }
    for (const queue of row?.queues ?? []) note('queue', queue.queueName, queue.queueName, cluster, 0);
  }
  const begins = (/** @type {Found} */ { key, name }) => key.toLowerCase().startsWith(wanted) || name.toLowerCase().startsWith(wanted);
  const rank = (/** @type {Found} */ one) => (begins(one) ? 0 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || b.cores - a.cores || (a.name < b.name ? -1 : 1)).slice(0, MOST);
}
