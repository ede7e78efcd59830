// @ts-check
/** @import {KeyUsage, Row} from './row.js' */

/**
 * @typedef {object} Person as conf/people.json names her
 * @property {string} id
 * @property {string | null} [title]
 * @property {string | null} [lab]
 * @property {Record<string, string | string[]>} [logins] by cluster id, `*` for every other; her id where it is missing
 *
 * @typedef {object} Lab
 * @property {string} id
 * @property {string | null} [title]
 *
 * @typedef {object} PeopleBody the overview's `people`
 * @property {Person[]} [persons]
 * @property {Lab[]} [labs]
 */

const ELSEWHERE = '*';
const NO_LAB = 'no lab';

/** Who has which login on which cluster. A login that nobody is said to have is a person of its own, of the same name everywhere. */
export class People {
  /** @type {Map<string, Person>} */
  #persons = new Map();
  /** @type {Map<string, Lab>} */
  #labs = new Map();
  /** @type {Map<string, string>} login on a cluster, or elsewhere, to person */
  #owners = new Map();

  /** @param {PeopleBody | null} [body] */
  constructor(body) {
    for (const lab of body?.labs ?? []) this.#labs.set(lab.id, lab);
    for (const person of body?.persons ?? []) {
      if (person.lab && !this.#labs.has(person.lab)) this.#labs.set(person.lab, { id: person.lab });
      this.#persons.set(person.id, person);
      const logins = person.logins ?? {};
      for (const cluster of new Set([ELSEWHERE, ...Object.keys(logins)])) {
        for (const login of this.#loginsThere(person, cluster)) this.#owners.set(ownerKey(cluster, login), person.id);
      }
    }
  }

  /** Nobody was named: logins are persons. */
  get nobody() {
    return this.#persons.size === 0;
  }

  /** @param {string} cluster @param {string} login @returns {string} the person's id; the login itself where nobody is said to have it */
  personOf(cluster, login) {
    const here = this.#owners.get(ownerKey(cluster, login));
    if (here !== undefined) return here;
    const elsewhere = this.#owners.get(ownerKey(ELSEWHERE, login));
    // Who has a login of her own on this cluster does not have the general one there.
    const own = elsewhere !== undefined && this.#persons.get(elsewhere)?.logins?.[cluster] !== undefined;
    if (elsewhere !== undefined && !own) return elsewhere;
    // A person of that name is somebody else: she has another login here.
    return this.#persons.has(login) ? `${login}@${cluster}` : login;
  }

  /** @param {string} who a person's id, or a login @param {string} cluster @returns {string[]} her logins there */
  loginsOf(who, cluster) {
    const person = this.#persons.get(who);
    if (person) return this.#loginsThere(person, cluster);
    const namesake = who.endsWith(`@${cluster}`) ? who.slice(0, -cluster.length - 1) : '';
    return [this.#persons.has(namesake) ? namesake : who];
  }

  /** @param {string} who @returns {string} "Alice A.", or the id */
  titleOf(who) {
    return this.#persons.get(who)?.title ?? who;
  }

  /** @param {string} who @returns {string | null} the lab's id */
  labOf(who) {
    return this.#persons.get(who)?.lab ?? null;
  }

  /** @param {string} lab id @returns {string} */
  labTitleOf(lab) {
    return this.#labs.get(lab)?.title ?? lab;
  }

  /** @returns {string[]} ids of all labs, also of those that only a person names */
  labs() {
    return [...this.#labs.keys()];
  }

  /** @param {string} lab @returns {string[]} ids of those who are of it */
  membersOf(lab) {
    return this.ids().filter((id) => this.labOf(id) === lab);
  }

  /** What a chart calls a key. @param {string} dimension @param {string} key @returns {string} */
  nameOf(dimension, key) {
    if (dimension !== 'lab') return key;
    return key === '' ? NO_LAB : this.labTitleOf(key);
  }

  /** @returns {string[]} ids of all who were named */
  ids() {
    return [...this.#persons.keys()];
  }

  /** @param {Person} person @param {string} cluster @returns {string[]} */
  #loginsThere({ id, logins }, cluster) {
    const there = logins?.[cluster] ?? logins?.[ELSEWHERE] ?? id;
    return Array.isArray(there) ? there : [there];
  }
}

/** @param {string} cluster @param {string} login */
const ownerKey = (cluster, login) => `${cluster}\n${login}`;

/**
 * The row with the logins of its users put together to persons.
 *
 * @param {Row} row
 * @param {People} people
 * @returns {Row}
 */
export function byPerson(row, people) {
  const users = row.usage?.user;
  if (people.nobody || !users) return row;
  /** @type {Map<string, KeyUsage>} */
  const persons = new Map();
  for (const use of users) {
    const key = people.personOf(row.cluster, use.key);
    const known = persons.get(key);
    persons.set(key, known ? sumOf(known, use) : { ...use, key });
  }
  return { ...row, usage: { ...row.usage, user: [...persons.values()] } };
}

/** @param {KeyUsage} one @param {KeyUsage} other */
function sumOf(one, other) {
  const sum = { ...one };
  for (const field of USES) sum[field] = (one[field] ?? 0) + (other[field] ?? 0);
  return sum;
}

const USES = /** @type {const} */ (['runningJobs', 'runningSlots', 'runningGpus', 'queuedJobs', 'queuedSlots', 'heldJobs']);

/**
 * Series of a history with the logins put together to persons, in the order of the first login of each.
 *
 * @template {{key: string, values: (number | null)[]}} T
 * @param {T[]} series
 * @param {string} cluster
 * @param {People} people
 * @returns {T[]}
 */
export function seriesByPerson(series, cluster, people) {
  if (people.nobody) return series;
  /** @type {Map<string, T>} */
  const persons = new Map();
  for (const one of series) {
    const key = people.personOf(cluster, one.key);
    const known = persons.get(key);
    persons.set(key, known ? { ...known, values: known.values.map((value, i) => plus(value, one.values[i])) } : { ...one, key });
  }
  return [...persons.values()];
}

/** @param {number | null} a @param {number | null} b */
const plus = (a, b) => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));

/**
 * What one person has on each cluster, in the page's order.
 *
 * @param {{cluster: string, title: string}[]} clusters
 * @param {(cluster: string) => Row | null} rowOf rows by person
 * @param {string} who
 * @returns {{cluster: string, title: string, use: KeyUsage | null}[]} `use` is null where nothing is known of the cluster
 */
export function everywhere(clusters, rowOf, who) {
  return clusters.map(({ cluster, title }) => {
    const users = rowOf(cluster)?.usage?.user;
    return { cluster, title, use: users ? (users.find(({ key }) => key === who) ?? nothingOf(who)) : null };
  });
}

/**
 * What one lab has on each cluster, in the page's order.
 *
 * @param {{cluster: string, title: string}[]} clusters
 * @param {(cluster: string) => Row | null} rowOf
 * @param {string} lab
 * @returns {{cluster: string, title: string, use: KeyUsage | null}[]} `use` is null where nothing is known of the cluster's labs
 */
export function labEverywhere(clusters, rowOf, lab) {
  return clusters.map(({ cluster, title }) => {
    const labs = rowOf(cluster)?.usage?.lab;
    return { cluster, title, use: labs ? (labs.find(({ key }) => key === lab) ?? nothingOf(lab)) : null };
  });
}

/** @param {string} key @returns {KeyUsage} */
const nothingOf = (key) => ({ key, runningJobs: 0, runningSlots: 0, runningGpus: 0, queuedJobs: 0, queuedSlots: 0, heldJobs: 0 });

/** @param {{use: KeyUsage | null}[]} uses @returns {KeyUsage & {clusters: number}} the sum of what is known, and on how many clusters there is any of it */
export function totalOf(uses) {
  const known = uses.map(({ use }) => use).filter((use) => use !== null);
  const clusters = known.filter((use) => USES.some((field) => (use[field] ?? 0) > 0)).length;
  return { ...known.reduce(sumOf, nothingOf('')), clusters };
}
