// @ts-check
import { numbersOf } from './alerts.js';
import { formatCount, formatCounted } from './numbers.js';
import { place } from './place.js';
import { printable } from './printable.js';
import { slotWord } from './words.js';
/** @import {Notice} from './alerts.js' */
/** @import {Job} from './job-words.js' */
/** @import {Row} from './row.js' */

/** As many running jobs of one login are looked at, those that started last. */
export const MOST_JOBS = 200;
const MOST_KNOWN = 2000;
/** More jobs that start at once are told in one notice. */
const MOST_SINGLE = 3;
const MOST_NAMES = 3;

/**
 * Which of a person's jobs on one cluster started. The row says when to look; the list says what is new. What runs when it is looked
 * at for the first time is no news.
 */
export class StartedJobs {
  /** @type {Set<string>} ids seen running, oldest first */
  #known = new Set();
  #begun = false;
  #numbers = '';
  /** Of a list that was cut, the last start in it: what lies before may just not have been in it. */
  #fromSeconds = -Infinity;

  /** After a reconnect what has started meanwhile is no news. */
  reset() {
    this.#begun = false;
    this.#numbers = '';
  }

  /** @param {Row | null} row by person @param {string} who @returns {boolean} whether to ask for her running jobs */
  needs(row, who) {
    const use = numbersOf(row?.usage?.user, who);
    if (use === null || use.numbers === this.#numbers) return false;
    this.#numbers = use.numbers;
    if (use.running > 0) return true;
    this.#begun = true;
    return false;
  }

  /** The question was not answered: the next row asks again. */
  missed() {
    this.#numbers = '';
  }

  /** @param {Job[]} jobs that run, those that started last first @param {boolean} cut whether there are more @returns {Job[]} those that are new */
  seen(jobs, cut) {
    const fresh = jobs.filter(({ jobId, dispatchTimeEpochSeconds: start }) => !this.#known.has(jobId) && (start ?? -Infinity) >= this.#fromSeconds);
    for (const { jobId } of jobs) {
      this.#known.delete(jobId);
      this.#known.add(jobId);
    }
    for (const oldest of this.#known) if (this.#known.size > MOST_KNOWN) this.#known.delete(oldest);
    this.#fromSeconds = cut ? Math.min(...jobs.map(({ dispatchTimeEpochSeconds: start }) => start ?? Infinity)) : -Infinity;
    const news = this.#begun;
    this.#begun = true;
    return news ? fresh : [];
  }
}

/**
 * @param {Job[]} jobs that started
 * @param {{cluster: string, title: string, drms: string | null | undefined, now: number}} where
 * @returns {Notice[]} one each, or one for all where they are many
 */
export function startNotices(jobs, { cluster, title, drms, now }) {
  const name = printable(title);
  if (jobs.length > MOST_SINGLE) {
    const names = jobs.slice(0, MOST_NAMES).map((job) => printable(job.jobName ?? job.jobId));
    const words = `${formatCount(jobs.length)} jobs started on ${name}: ${names.join(', ')} and ${formatCount(jobs.length - MOST_NAMES)} more`;
    const owner = jobs.every(({ jobOwner }) => jobOwner === jobs[0].jobOwner) ? jobs[0].jobOwner : null;
    return [{ kind: 'started', tag: `started ${cluster} ${jobs[0].jobId}`, words, atMillis: now, place: place('jobs', { of: cluster, owner, state: 'RUNNING' }) }];
  }
  return jobs.map(({ jobId, jobName, slots, taskCount }) => {
    const slot = slotWord(drms);
    const size = slots === null ? '' : `, ${formatCounted(slots, slot.slice(0, -1), slot)}${taskCount > 1 ? ` × ${formatCount(taskCount)}` : ''}`;
    const words = `job ${jobName ? `${printable(jobName)} (${printable(jobId)})` : printable(jobId)} started on ${name}${size}`;
    return { kind: 'started', tag: `started ${cluster} ${jobId}`, words, atMillis: now, place: place('job', { of: cluster, job: jobId }) };
  });
}
