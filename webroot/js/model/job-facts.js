// @ts-check
import { formatAge, formatReadingTime } from './ages.js';
import { formatDuration } from './durations.js';
import { formatBytes, slotsMeaning, slotsWords, stateWord } from './job-words.js';
import { formatCount, UNKNOWN } from './numbers.js';
import { place } from './place.js';
import { printable } from './printable.js';
import { placeOfQueue, placeOfUser } from './who.js';
import { slotWord } from './words.js';
/** @import {Job} from './job-words.js' */
/** @import {Place} from './place.js' */
/** @import {Logins} from './who.js' */

/** So many nodes of a job are links; the rest is a number. */
const NODES = 64;

/**
 * @typedef {object} Fact one thing about a job, in words
 * @property {string} name
 * @property {string} field
 * @property {string} text
 * @property {string} [title] what stands there on hover
 * @property {{place: Place, text: string}[]} [links] instead of the text
 */

/**
 * @param {Job} job
 * @param {{cluster: string, drms: string | null | undefined, now: number, people: Logins}} where `now` is the server's clock
 * @returns {Fact[]}
 */
export function factsOf(job, { cluster, drms, now, people }) {
  const own = job.jobSubState ? `${stateWord(job, drms)} (the scheduler says ${printable(job.jobSubState)})` : stateWord(job, drms);
  const moment = (/** @type {string} */ name, /** @type {string} */ field, /** @type {number | null} */ seconds) =>
    fact(name, field, seconds === null ? UNKNOWN : momentWords(seconds * 1000, now));
  const waits = job.jobState === 'QUEUED' || job.jobState === 'HELD';
  /** @type {Fact[]} */
  const facts = [
    fact('state', 'state', own),
    fact('name', 'name', named(job.jobName)),
    linked('user', 'owner', job.jobOwner, placeOfUser(people, cluster, job.jobOwner)),
    linked('group', 'group', job.groupName, place('jobs', { of: cluster, group: job.groupName })),
    linked('account', 'account', job.accountingId, place('jobs', { of: cluster, account: job.accountingId })),
    linked('queue', 'queue', job.queueName, placeOfQueue(cluster, job.queueName ?? '')),
    { ...fact(slotWord(drms), 'slots', slotsWords(job)), title: slotsMeaning(job, slotWord(drms)) },
    fact('nodes', 'nodes', formatCount(job.nodeCount)),
    fact('GPUs', 'gpus', formatCount(job.gpus)),
    fact('memory asked for', 'memory', formatBytes(job.memoryBytes)),
    fact('time limit', 'limit', formatDuration(job.wallclockLimitSeconds)),
    fact('time used', 'used', formatDuration(job.wallclockTimeSeconds)),
    moment('submitted', 'submitted', job.submissionTimeEpochSeconds),
    moment('started', 'started', job.dispatchTimeEpochSeconds),
    fact('priority', 'priority', formatCount(job.priority)),
  ];
  if (waits) facts.push(moment('the scheduler expects a start', 'expected', job.expectedStartEpochSeconds));
  if (job.taskCount > 1) facts.push(fact('tasks', 'tasks', formatCount(job.taskCount)));
  if (job.nodeNames.length > 0) facts.push(nodesOf(job, cluster));
  return facts;
}

/** @param {Job} job @param {string} cluster @returns {Fact} */
function nodesOf({ nodeNames }, cluster) {
  const links = nodeNames.slice(0, NODES).map((node) => ({ place: place('nodes', { of: cluster, node }), text: printable(node) }));
  const rest = nodeNames.length - links.length;
  if (rest > 0) links.push({ place: place('nodes', { of: cluster }), text: `and ${formatCount(rest)} more` });
  return { name: 'runs on', field: 'node-names', text: '', links };
}

/** @param {string} name @param {string} field @param {string} text @returns {Fact} */
function fact(name, field, text) {
  return { name, field, text };
}

/** @param {string} name @param {string} field @param {string | null} value @param {Place} where @returns {Fact} */
function linked(name, field, value, where) {
  return value ? { name, field, text: '', links: [{ place: where, text: printable(value) }] } : fact(name, field, UNKNOWN);
}

/** @param {string | null} value */
function named(value) {
  return value ? printable(value) : UNKNOWN;
}

/** "Sun 14:05, 2 h ago". @param {number} millis @param {number} now */
function momentWords(millis, now) {
  if (millis > now) return millis - now < 6 * 86_400_000 ? formatReadingTime(millis) : new Date(millis).toLocaleString();
  const age = formatAge(millis, now);
  return /(s|min|h)$/.test(age) ? `${formatReadingTime(millis)}, ${age} ago` : new Date(millis).toLocaleString();
}
