package org.qstatmesh.probe.slurm;

/**
 * What a site's configuration says of its listings.
 *
 * @param marksTimes whether its commands print times as they are asked to, so that records can be
 *     told from names
 * @param hasGpus whether jobs can ask for GPUs
 */
record SlurmSite(boolean marksTimes, boolean hasGpus) {
  /** Nothing is known yet. */
  static final SlurmSite UNKNOWN = new SlurmSite(false, false);
}
