// @ts-check
import { formatCount, formatCounted } from './numbers.js';
import { STATUS_WORDS } from './words.js';
/** @import {KeyUsage} from './row.js' */

/** What somebody holds over all clusters, in a sentence. @param {KeyUsage & {clusters: number}} total @param {number} clusters how many there are */
export function holdings(total, clusters) {
  if (total.clusters === 0) return `Nothing runs and nothing waits on the ${formatCounted(clusters, 'cluster', 'clusters')} that this page knows.`;
  const runs = `${formatCounted(total.runningJobs, 'job runs', 'jobs run')} on ${formatCounted(total.runningSlots, 'core', 'cores')}`;
  const gpus = total.runningGpus ? ` and ${formatCounted(total.runningGpus, 'GPU', 'GPUs')}` : '';
  const waits = total.queuedJobs ? `, ${formatCounted(total.queuedJobs, 'waits', 'wait')}` : '';
  const held = total.heldJobs ? `, ${formatCount(total.heldJobs)} held` : '';
  return `${runs}${gpus}${waits}${held}, on ${formatCount(total.clusters)} of ${formatCounted(clusters, 'cluster', 'clusters')}.`;
}

/** What stands behind the name of a cluster that does not answer as it should. @param {import('./words.js').Status} status */
export function statusNote(status) {
  return status === 'UP' ? '' : ` ${STATUS_WORDS[status].glyph} ${STATUS_WORDS[status].word}`;
}
