// @ts-check
import { formatCount, formatCounted, UNKNOWN } from './numbers.js';
import { queuedWord } from './words.js';

/**
 * @typedef {object} Job a record of the listing; one may stand for many tasks of an array. What is not known is null.
 * @property {string} jobId
 * @property {string | null} jobName
 * @property {string} jobOwner
 * @property {string | null} groupName
 * @property {string | null} accountingId
 * @property {string | null} queueName
 * @property {string} jobState
 * @property {string | null} jobSubState the scheduler's own letter or word
 * @property {number} taskCount
 * @property {number | null} slots of one task
 * @property {number | null} nodeCount
 * @property {number | null} gpus
 * @property {number | null} memoryBytes
 * @property {string[]} nodeNames
 * @property {number | null} submissionTimeEpochSeconds
 * @property {number | null} dispatchTimeEpochSeconds
 * @property {number | null} expectedStartEpochSeconds
 * @property {number | null} wallclockLimitSeconds
 * @property {number | null} wallclockTimeSeconds
 * @property {number | null} priority
 * @property {string | null} reason
 */

/** The schedulers' words for a job that still holds its cores, but is on its way out. */
const FINISHING = new Map([
  ['torque', ['E']],
  ['openpbs', ['E']],
  ['slurm', ['CG', 'COMPLETING']],
]);
const STATE_WORDS = new Map([
  ['HELD', 'held'],
  ['SUSPENDED', 'suspended'],
  ['FINISHED', 'ended'],
]);

/** @param {Job} job @param {string | null | undefined} drms @returns {string} what it is doing, in a word */
export function stateWord({ jobState, jobSubState }, drms) {
  if (jobState === 'RUNNING') return FINISHING.get(drms ?? '')?.includes(jobSubState ?? '') ? 'finishing' : 'running';
  if (jobState === 'QUEUED') return queuedWord(drms);
  return STATE_WORDS.get(jobState) ?? 'unknown';
}

/** @param {Job} job @returns {string} "4", "4 × 30": cores of a task, and of how many */
export function slotsWords({ slots, taskCount }) {
  return taskCount > 1 ? `${formatCount(slots)} × ${formatCount(taskCount)}` : formatCount(slots);
}

/** @param {Job} job @param {string} slot 'cores' or 'slots' @returns {string} for whoever wonders what "4 × 30" is */
export function slotsMeaning({ slots, taskCount }, slot) {
  if (taskCount <= 1) return '';
  return `${formatCounted(taskCount, 'task', 'tasks')} of an array, ${formatCount(slots)} ${slot} each`;
}

const UNITS = Object.freeze(['B', 'KB', 'MB', 'GB', 'TB', 'PB']);
const short = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** By 1,024, as schedulers count. @param {number | null | undefined} bytes @returns {string} "62.5 GB" */
export function formatBytes(bytes) {
  if (typeof bytes !== 'number' || !Number.isFinite(bytes) || bytes < 0) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${short.format(value)} ${UNITS[unit]}`;
}
