// @ts-check
import { formatMoment, formatSpan } from './ages.js';
import { printable } from './printable.js';

/** @typedef {'UP' | 'STALE' | 'DOWN' | 'UNKNOWN'} Status */

/** @type {Readonly<Record<Status, {glyph: string, word: string}>>} */
export const STATUS_WORDS = Object.freeze({
  UP: { glyph: '●', word: 'up' },
  STALE: { glyph: '◐', word: 'stale' },
  DOWN: { glyph: '✕', word: 'down' },
  UNKNOWN: { glyph: '○', word: 'not seen yet' },
});

/** @type {Readonly<Record<string, string>>} */
const DRMS_NAMES = Object.freeze({ torque: 'TORQUE', openpbs: 'OpenPBS', slurm: 'Slurm', gridengine: 'Grid Engine' });

/** @param {{drms?: string | null, drmsVersion?: string | null} | null} row @returns {string} "TORQUE 6.1.3" */
export function schedulerName(row) {
  if (!row?.drms) return '';
  const name = DRMS_NAMES[row.drms] ?? row.drms;
  return row.drmsVersion ? `${name} ${row.drmsVersion}` : name;
}

/** What a slot is called there. @param {string | null | undefined} drms @returns {'cores' | 'slots'} */
export function slotWord(drms) {
  return drms === 'gridengine' ? 'slots' : 'cores';
}

/** @param {string | null | undefined} drms @returns {'queued' | 'pending'} */
export function queuedWord(drms) {
  return drms === 'slurm' ? 'pending' : 'queued';
}

/**
 * Whose jobs are not counted, where it is not everybody's.
 *
 * @param {{drms: string | null, visibility: string} | null} row
 */
export function visibilityWords(row) {
  if (!row?.drms) return '';
  if (row.visibility === 'OWN') return 'sees only its own jobs';
  return row.visibility === 'UNKNOWN' ? 'may not see all jobs' : '';
}

/** @type {Readonly<Record<string, string>>} */
const MESH_WORDS = Object.freeze({
  UP: '',
  STARTING: 'just started, waiting for the first news',
  NO_POLLER: 'no news comes in: no poller is running',
  NO_STORE: 'no history: the store does not answer',
});

/**
 * Whether the past is kept, as the server says; servers of before say nothing.
 *
 * @typedef {object} HistoryState
 * @property {boolean} writing
 * @property {string | null} reason why not
 * @property {number} sinceEpochMillis
 * @property {string[]} alarms what an administrator has to look at
 */

/** Says that what happens now is not kept. @param {HistoryState | null | undefined} history @param {number} nowMillis @returns {string} for textContent */
export function pausedWords(history, nowMillis) {
  if (!history || history.writing) return '';
  const reason = history.reason ? `: ${printable(history.reason)}` : '';
  return `History is paused since ${formatMoment(history.sinceEpochMillis, nowMillis)}${reason}. Live numbers go on.`;
}

/**
 * A node whose conf/ was changed and cannot be used, as the server says; servers of before say nothing.
 *
 * @typedef {object} ConfState
 * @property {string} node
 * @property {number} inForceSinceEpochMillis when what goes on to be in force was read
 * @property {{file: string, place: string, message: string}[]} problems the first of what is wrong
 * @property {number} more how many there are besides
 */

/** Says that a configuration cannot be used. @param {ConfState} conf @param {number} nowMillis @returns {string} for textContent */
export function confWords(conf, nowMillis) {
  const since = formatMoment(conf.inForceSinceEpochMillis, nowMillis);
  return `The configuration of ${printable(conf.node)} was changed and cannot be used; the grid goes on with what was read at ${since}.`;
}

/** What is wrong with it, a line each. @param {ConfState} conf @returns {string[]} for textContent */
export function confProblems(conf) {
  const lines = conf.problems.map(({ file, place, message }) => printable(`${[file, place].filter(Boolean).join(', ')}: ${message}`));
  return conf.more > 0 ? [...lines, `and ${conf.more} more; the log has all`] : lines;
}

/** What is missing between the clusters and this page. @param {string | null | undefined} status */
export function meshWords(status) {
  return status ? (MESH_WORDS[status] ?? `the mesh is not well: ${status}`) : '';
}

/** Node states in the order they are drawn; `field` is the name in the row's JSON. */
export const NODE_STATES = Object.freeze([
  { field: 'full', word: 'full' },
  { field: 'partial', word: 'part-used' },
  { field: 'free', word: 'free' },
  { field: 'draining', word: 'draining' },
  { field: 'offline', word: 'offline' },
  { field: 'down', word: 'down' },
  { field: 'unknown', word: 'unknown' },
]);

/** @type {Readonly<Record<string, {words: string, hint: string}>>} */
const FAILURES = Object.freeze({
  SSH_UNREACHABLE: { words: 'cannot reach the login node', hint: 'is it up? try ssh to it from the server' },
  SSH_AUTH_REFUSED: { words: 'the login node refuses our key', hint: 'put the public key in authorized_keys there' },
  HOST_KEY_MISMATCH: {
    words: 'the login node shows another identity than before',
    hint: 'ask its administrators; if it was reinstalled, renew known_hosts',
  },
  PROBE_UNREACHABLE: { words: 'monitoring is down: no probe at its address', hint: 'on the login node: systemctl status qstat-probe' },
  PROBE_TIMEOUT: { words: 'monitoring is down: the probe does not answer in time', hint: 'on the login node: qstat-probe doctor' },
  PROBE_PROTOCOL: { words: 'the probe speaks another protocol', hint: 'install the same version on both sides' },
  DRMS_TIMEOUT: { words: 'the scheduler does not answer', hint: 'the scheduler itself may be in trouble' },
  DRMS_COMMAND_FAILED: { words: "the scheduler's command failed", hint: 'on the login node: qstat-probe doctor' },
  DRMS_COMMAND_MISSING: { words: "the scheduler's command is not there", hint: 'on the login node: qstat-probe doctor' },
  DRMS_UNPARSABLE: {
    words: 'the scheduler said something we do not understand',
    hint: 'on the login node: qstat-probe doctor; attach its output to an issue',
  },
  NO_POLLER: { words: 'nobody asks it: no poller that may is up', hint: 'start a poller whose conf/ names it' },
});

/**
 * @param {{code: string, detail?: string | null, hint?: string | null}} failure
 * @returns {{words: string, detail: string, hint: string}} the server's own hint where it has one
 */
export function failureWords(failure) {
  const known = FAILURES[failure.code] ?? { words: 'it does not answer', hint: '' };
  return { words: known.words, detail: failure.detail ?? '', hint: failure.hint || known.hint };
}

/** Since when it is down. @param {number | null} since @param {number} nowMillis @returns {string} " since 14:03, 23 min" */
export function sinceWords(since, nowMillis) {
  return since === null ? '' : ` since ${formatMoment(since, nowMillis)}, ${formatSpan(nowMillis - since).replace(' ', '\u00a0')}`;
}

const RECOVERING_MILLIS = 10 * 60_000;

/** That it has just come back. @param {import('./row.js').Outage | null} outage the last one @param {number} nowMillis @returns {string} "answers again since 14:31, was away 28 min" */
export function backWords(outage, nowMillis) {
  if (!outage || nowMillis - outage.toEpochMillis > RECOVERING_MILLIS) return '';
  return `answers again since ${formatMoment(outage.toEpochMillis, nowMillis)}, was away ${formatSpan(outage.toEpochMillis - outage.fromEpochMillis)}`;
}
