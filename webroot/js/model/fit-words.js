// @ts-check
import { formatAge } from './ages.js';
import { formatDuration } from './durations.js';
import { formatCount, formatCounted } from './numbers.js';
import { printable } from './printable.js';
import { roughly, sizeWords } from './queue-facts.js';
import { slotWord, STATUS_WORDS } from './words.js';
/** @import {Row} from './row.js' */
/** @import {Status} from './words.js' */

/**
 * @typedef {object} QueueFit how a job fits in one queue; what is not known is null
 * @property {string | null} queueName
 * @property {'NOW' | 'LATER' | 'UNKNOWN' | 'NEVER'} fits
 * @property {string[]} reasons
 * @property {number | null} wallclockLimitSeconds
 * @property {number | null} slotsLimit
 * @property {number | null} matchingNodesFree
 * @property {number | null} matchingNodes
 * @property {number | null} matchingNodesOutOfService
 * @property {number | null} freeSlots
 * @property {number | null} largestFreeSlotsOnOneNode
 * @property {number | null} queuedJobs
 *
 * @typedef {object} Waited how long such jobs waited there
 * @property {number | null} minSlots
 * @property {number | null} maxSlots
 * @property {number} count
 * @property {number | null} p50Seconds
 * @property {number | null} p90Seconds
 *
 * @typedef {object} Choice one queue of one cluster
 * @property {string} cluster
 * @property {Status} status
 * @property {number | null} takenAtEpochMillis
 * @property {string | null} visibility
 * @property {QueueFit} queue
 * @property {Waited | null} waited
 * @property {number | null} keptFromEpochMillis since when waits are known there; null where none are
 *
 * @typedef {object} FitAnswer the best first
 * @property {number} askedAtEpochMillis
 * @property {boolean} waitsKnown
 * @property {Choice[]} choices
 * @property {number} omitted
 *
 * @typedef {object} FitLine a choice in words, for textContent
 * @property {string} cluster
 * @property {string | null} queue
 * @property {QueueFit['fits']} fits
 * @property {string} sentence
 * @property {string} waited
 * @property {string[]} notes
 *
 * @typedef {object} Where what the page knows besides
 * @property {boolean} anywhere whether cores were asked for wherever they are
 * @property {(cluster: string) => Row | null} rowOf the live ones
 * @property {(cluster: string) => Status | null} statusOf of now; null where no row has come yet
 * @property {number} now the server's clock
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The verdicts in the order of the page. */
export const VERDICTS = Object.freeze([
  { fits: 'NOW', glyph: '●', head: 'Room now' },
  { fits: 'LATER', glyph: '◐', head: 'No room now' },
  { fits: 'UNKNOWN', glyph: '○', head: 'Cannot be told' },
  { fits: 'NEVER', glyph: '✕', head: 'Never, as it is set up' },
]);

/** Each choice in words, in the order given. @param {FitAnswer} answer @param {Where} where @returns {FitLine[]} */
export function fitLines(answer, where) {
  return answer.choices.map((choice) => {
    const { cluster, queue } = choice;
    // Since the answer the cluster may have fallen silent.
    const old = queue.fits !== 'NEVER' && (where.statusOf(cluster) ?? choice.status) !== 'UP';
    const fits = old ? 'UNKNOWN' : queue.fits;
    const slot = slotWord(where.rowOf(cluster)?.drms);
    return {
      cluster,
      queue: queue.queueName,
      fits,
      sentence: sentenceOf(fits, choice, where, slot),
      waited: fits === 'NEVER' || !choice.waited ? '' : waitedWords(choice.waited, slot, pastWords(choice.keptFromEpochMillis, answer.askedAtEpochMillis)),
      notes: notesOf(choice, where),
    };
  });
}

/** @param {QueueFit['fits']} fits @param {Choice} choice @param {Where} where @param {string} slot */
function sentenceOf(fits, choice, where, slot) {
  const { queue } = choice;
  if (fits === 'NOW') return `${roomWords(queue, where.anywhere, slot)}${aheadWords(queue.queuedJobs)}`;
  const reasons = queue.reasons.filter((reason) => reason !== 'VISIBILITY' && reason !== 'STALE' && reason !== 'NO_ANSWER');
  const words = reasons.map((reason) => reasonWords(reason, queue, where.anywhere, slot));
  if (fits === 'LATER') return `${words.join('; ') || 'why is not known'}${aheadWords(queue.queuedJobs)}`;
  if (fits === 'NEVER') return words.join('; ') || 'why is not known';
  return [...ageWords(choice, where), ...words].join('; ') || 'what is free there is not known for sure';
}

/** @param {QueueFit} queue @param {boolean} anywhere @param {string} slot */
function roomWords({ matchingNodesFree, freeSlots }, anywhere, slot) {
  if (anywhere) return `${formatCount(freeSlots)} ${slot} are free on ${formatCounted(matchingNodesFree, 'node', 'nodes')}`;
  return `${formatCounted(matchingNodesFree, 'node has', 'nodes have')} as much free`;
}

/** @param {number | null} queuedJobs */
function aheadWords(queuedJobs) {
  if (queuedJobs === null) return ', how many wait there is not known';
  return queuedJobs === 0 ? ', nobody waits there' : `, ${formatCounted(queuedJobs, 'job waits there', 'jobs wait there')}`;
}

/** @param {string} reason @param {QueueFit} queue @param {boolean} anywhere @param {string} slot */
function reasonWords(reason, queue, anywhere, slot) {
  const words = REASONS[reason];
  // Another release may have reasons of its own.
  return words ? words(queue, anywhere, slot) : printable(reason).toLowerCase().replaceAll('_', ' ');
}

/** @type {Readonly<Record<string, (queue: QueueFit, anywhere: boolean, slot: string) => string>>} */
const REASONS = Object.freeze({
  QUEUE_DISABLED: () => 'the queue takes no new jobs',
  QUEUE_STOPPED: () => 'the queue starts no jobs',
  WALLTIME_LIMIT: ({ wallclockLimitSeconds }) => `jobs may run for ${formatDuration(wallclockLimitSeconds)} at most`,
  SLOTS_LIMIT: ({ slotsLimit }, _, slot) => `it gives out ${formatCount(slotsLimit)} ${slot} at most`,
  SLOTS_LIMIT_REACHED: ({ slotsLimit }, _, slot) => `what runs in it leaves too few of the ${formatCount(slotsLimit)} ${slot} that it gives out`,
  NO_NODES: () => 'no node serves it',
  NO_NODE_LARGE_ENOUGH: () => 'no node has as much, however idle',
  TOO_FEW_NODES: ({ matchingNodes }) => `only ${formatCounted(matchingNodes, 'node has', 'nodes have')} as much, however idle`,
  TOO_FEW_SLOTS: (_, __, slot) => `all its nodes together have fewer ${slot}`,
  NOT_ENOUGH_FREE: freeWords,
  NODES_OUT_OF_SERVICE: ({ matchingNodesOutOfService }) =>
    matchingNodesOutOfService ? `${formatCounted(matchingNodesOutOfService, 'node', 'nodes')} with as much out of service` : 'nodes it needs are out of service',
  SLOTS_UNKNOWN: (_, __, slot) => `free ${slot} of its nodes are not known`,
  GPUS_UNKNOWN: () => 'free GPUs of its nodes are not known',
  MEMORY_UNKNOWN: () => 'free memory of its nodes is not known',
  QUEUE_UNKNOWN: () => 'whether the queue takes and starts jobs is not known',
});

/** @param {QueueFit} queue @param {boolean} anywhere @param {string} slot */
function freeWords({ matchingNodes, matchingNodesFree, freeSlots, largestFreeSlotsOnOneNode }, anywhere, slot) {
  if (anywhere) return `${formatCount(freeSlots)} ${slot} are free`;
  const most = formatCounted(largestFreeSlotsOnOneNode, slot.slice(0, -1), slot);
  const largest = largestFreeSlotsOnOneNode === null ? '' : largestFreeSlotsOnOneNode === 0 ? ` (no ${slot.slice(0, -1)} is free there)` : ` (at most ${most} on one)`;
  const count = matchingNodesFree === 0 ? 'none' : `only ${formatCount(matchingNodesFree)}`;
  return `${count} of the ${formatCounted(matchingNodes, 'node', 'nodes')} that large ${matchingNodesFree === 1 || matchingNodesFree === 0 ? 'has' : 'have'} as much free${largest}`;
}

/** Why what was free says nothing of now. @param {Choice} choice @param {Where} where @returns {string[]} */
function ageWords({ cluster, status: answered, takenAtEpochMillis, queue }, { rowOf, statusOf, now }) {
  const status = statusOf(cluster) ?? answered;
  const silent = queue.reasons.includes('NO_ANSWER');
  if (status === 'UP' && !silent && !queue.reasons.includes('STALE')) return [];
  const seen = takenAtEpochMillis ?? rowOf(cluster)?.observedAtEpochMillis ?? null;
  const age = seen === null ? 'it was never seen' : `last seen ${agoWords(seen, now)}`;
  const state = status === 'UP' ? 'its news is old' : `the cluster is ${STATUS_WORDS[status].word}`;
  return [status === 'UNKNOWN' && seen === null ? 'the cluster was not seen yet' : `${state}, ${age}`];
}

/** @param {number} thenMillis @param {number} now @returns {string} "23 min ago", "14:03" */
function agoWords(thenMillis, now) {
  const age = formatAge(thenMillis, now);
  return /(s|min|h)$/.test(age) ? `${age} ago` : age;
}

/** @param {Choice} choice @param {Where} where */
function notesOf({ visibility, cluster }, { rowOf }) {
  const whose = visibility ?? rowOf(cluster)?.visibility;
  if (whose === 'OWN') return ['the scheduler shows us only our own jobs there: more may run and wait than is counted'];
  return whose === 'UNKNOWN' && visibility ? ['perhaps not all jobs are seen there: more may wait'] : [];
}

/** @param {Waited} waited @param {string} slot @param {string} past "the last 23 days"; "" where nothing is known */
export function waitedWords({ minSlots, maxSlots, count, p50Seconds, p90Seconds }, slot, past) {
  if (!past) return 'no start of a job was seen there yet';
  if (count === 0) return `no job of this size was seen to start there in ${past}`;
  const jobs = `${formatCounted(count, 'job', 'jobs')} of ${sizeWords(/** @type {any} */ ({ minSlots: minSlots ?? 0, maxSlots }), slot)}`;
  if (p50Seconds === null || p90Seconds === null) return `${jobs} started there in ${past}: too few to say how long they wait`;
  return `half of ${jobs} started ${withinWords(p50Seconds)}, 9 of 10 ${withinWords(p90Seconds)}, in ${past}`;
}

/** @param {number} seconds */
const withinWords = (seconds) => (seconds < 1 ? 'at once' : `within ${roughly(seconds)}`);

/** @param {number | null} fromMillis @param {number} now @returns {string} "the last 23 days", as far back as starts were seen; "" where none were */
function pastWords(fromMillis, now) {
  if (fromMillis === null) return '';
  const hours = Math.round((now - fromMillis) / HOUR);
  const minutes = Math.round((now - fromMillis) / MINUTE);
  if (hours < 2) return minutes <= 1 ? 'the last minute' : `the last ${formatCount(minutes)} minutes`;
  return hours < 48 ? `the last ${formatCount(hours)} hours` : `the last ${formatCount(Math.round(hours / 24))} days`;
}

/** What the list comes to. @param {FitLine[]} lines @returns {string} */
export function summaryWords(lines) {
  if (lines.length === 0) return 'No queue is known.';
  const of = (/** @type {QueueFit['fits']} */ fits) => lines.filter((line) => line.fits === fits);
  const room = of('NOW');
  const clusters = new Set(room.map(({ cluster }) => cluster)).size;
  const head =
    room.length === 0
      ? 'Nowhere is room now'
      : `Room now in ${formatCounted(room.length, 'queue', 'queues')} of ${formatCounted(clusters, 'cluster', 'clusters')}`;
  const tail = [
    [of('LATER').length, 'without room now'],
    [of('UNKNOWN').length, 'not known'],
    [of('NEVER').length, 'never'],
  ].filter(([count]) => count !== 0);
  return `${[head, ...tail.map(([count, word]) => `${formatCount(/** @type {number} */ (count))} ${word}`)].join(', ')}.`;
}
