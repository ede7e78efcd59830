// @ts-check
import { formatDuration } from './durations.js';
import { formatBytes } from './job-words.js';
import { formatCounted } from './numbers.js';

/**
 * What a job asks for, as a form and a link have it: texts, and what they mean.
 *
 * @typedef {object} FitQuestion
 * @property {Record<string, unknown> | null} query what the server is asked; null while something is missing or cannot be read
 * @property {boolean} anywhere cores wherever they are; else node by node
 * @property {number | null} slots of the whole job
 * @property {string} words the question in words, or what is missing
 * @property {Partial<Record<FitField, string>>} troubles what is wrong with which field
 *
 * @typedef {'nodes' | 'cores' | 'gpus' | 'memory' | 'walltime'} FitField also the parameter of the link
 */

const MOST_NODES = 1_000_000;
const MOST_CORES = 100_000_000;
const MOST_GPUS = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A hundred years. */
const LONGEST = 36_525 * DAY;

const POWERS = 'kmgtp';

/** @param {string} text "16", "1,000" @param {number} least @param {number} most @returns {number | null} null for anything else */
export function parseCount(text, least, most) {
  const digits = text.replace(/[\s,_']/g, '');
  const count = /^\d{1,9}$/.test(digits) ? Number(digits) : NaN;
  return count >= least && count <= most ? count : null;
}

/** By 1,024, as schedulers count; gigabytes where no unit is given. @param {string} text "64", "64 GB", "1.5T" @returns {number | null} bytes */
export function parseMemory(text) {
  const [, number, unit = 'g'] = text.trim().toLowerCase().match(/^(\d{1,9}(?:\.\d{1,3})?)\s*(?:([kmgtp])(?:i?b)?)?$/) ?? [];
  const bytes = Math.round(Number(number) * 1024 ** (POWERS.indexOf(unit) + 1));
  return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : null;
}

/**
 * A number alone, or two with a colon, are minutes to one scheduler and seconds to another, and hours to many a person: neither is taken.
 *
 * @param {string} text "12:00:00", "1-12:00:00", "90 min", "1 d 12 h"
 * @returns {number | null} seconds
 */
export function parseWalltime(text) {
  const wanted = text.trim().toLowerCase();
  const seconds = clockSeconds(wanted) ?? unitSeconds(wanted);
  return seconds !== null && seconds >= 1 && seconds <= LONGEST ? seconds : null;
}

/** @param {string} text */
function clockSeconds(text) {
  const [whole, days = '0', hours, minutes = '0', rest = '0'] = text.match(/^(?:(\d{1,5})-)?(\d{1,6})(?::([0-5]?\d))?(?::([0-5]?\d))?$/) ?? [];
  if (whole === undefined || (!text.includes('-') && text.split(':').length < 3)) return null;
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(rest);
}

/** @param {string} text */
function unitSeconds(text) {
  const [whole, days, hours, minutes, seconds] =
    text.match(
      /^(?:(\d{1,5}(?:\.\d)?)\s*d(?:ays?)?)?\s*(?:(\d{1,6}(?:\.\d)?)\s*h(?:ours?)?)?\s*(?:(\d{1,8})\s*m(?:in(?:utes?)?)?)?\s*(?:(\d{1,9})\s*s(?:ec(?:onds?)?)?)?$/,
    ) ?? [];
  if (!whole) return null;
  return Math.round(Number(days ?? 0) * DAY + Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0));
}

/** @type {Record<FitField, {read: (text: string) => number | null, trouble: string}>} */
const READERS = {
  nodes: { read: (text) => parseCount(text, 1, MOST_NODES), trouble: 'nodes: a number from 1 on, or nothing for any' },
  cores: { read: (text) => parseCount(text, 1, MOST_CORES), trouble: 'cores: a number from 1 on' },
  gpus: { read: (text) => parseCount(text, 0, MOST_GPUS), trouble: 'GPUs: a number up to 1,000' },
  memory: { read: parseMemory, trouble: 'memory: such as 64 GB, 500 MB or 1.5 TB' },
  walltime: { read: parseWalltime, trouble: 'run time: such as 2:00:00, 90 min, 12 h or 3 d' },
};

export const FIT_FIELDS = /** @type {readonly FitField[]} */ (Object.freeze(Object.keys(READERS)));

/** @param {Readonly<Record<string, string>>} parameters of the place; `of` is one cluster, else all @returns {FitQuestion} */
export function questionOf(parameters) {
  /** @type {FitQuestion['troubles']} */
  const troubles = {};
  /** @type {Partial<Record<FitField, number>>} */
  const values = {};
  for (const field of FIT_FIELDS) {
    const text = parameters[field]?.trim();
    if (!text) continue;
    const value = READERS[field].read(text);
    if (value === null) troubles[field] = READERS[field].trouble;
    else values[field] = value;
  }
  const anywhere = !parameters.nodes?.trim();
  const perNode = (values.gpus ?? 0) > 0 || values.memory !== undefined;
  if (anywhere && perNode) troubles.nodes = 'GPUs and memory are counted on each node: say how many nodes';
  const [trouble] = Object.values(troubles);
  if (trouble) return { query: null, anywhere, slots: null, words: trouble, troubles };
  if (values.cores === undefined) return { query: null, anywhere, slots: null, words: 'Say how many cores the job asks for.', troubles };
  const { nodes = 1, cores } = values;
  return { query: queryOf(values, cores, anywhere, parameters.of), anywhere, slots: nodes * cores, words: wordsOf(values, cores, anywhere), troubles };
}

/** @param {Partial<Record<FitField, number>>} values @param {number} cores @param {boolean} anywhere @param {string | undefined} cluster */
function queryOf({ nodes, gpus, memory, walltime }, cores, anywhere, cluster) {
  const shape = anywhere ? { slots: cores } : { nodes, slotsPerNode: cores, ...(gpus ? { gpusPerNode: gpus } : {}), ...(memory ? { memoryBytesPerNode: memory } : {}) };
  return { ...(cluster ? { cluster } : {}), ...shape, ...(walltime ? { walltimeSeconds: walltime } : {}) };
}

/** @param {Partial<Record<FitField, number>>} values @param {number} cores @param {boolean} anywhere @returns {string} "3 nodes with 16 cores and 2 GPUs each, for 12:00:00" */
function wordsOf({ nodes = 1, gpus, memory, walltime }, cores, anywhere) {
  const time = walltime ? `, for ${formatDuration(walltime)}` : '';
  const count = formatCounted(cores, 'core', 'cores');
  if (anywhere) return `${count}, on whichever nodes${time}`;
  const parts = [count, ...(gpus ? [formatCounted(gpus, 'GPU', 'GPUs')] : []), ...(memory ? [formatBytes(memory)] : [])];
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}` : parts[0];
  return `${formatCounted(nodes, 'node', 'nodes')} with ${list}${nodes > 1 ? ' each' : ''}${time}`;
}
