/**
 * Slurm, 22.05 to 25.x: {@code squeue -a -h -o}, {@code scontrol -o show node}, {@code scontrol -a
 * -o show partition}, {@code scontrol show config}; where jobs can ask for GPUs {@code squeue -a -h
 * -O} too.
 *
 * <p>Purpose: those listings to records. {@code squeue --json} would cost 96 times the bytes and
 * reports no jobs at all, with exit code 0, when slurmctld is down; the text is safe here because a
 * mark that nobody can guess stands in every record ({@link org.qstatmesh.probe.slurm.Mark}). Only
 * where squeue does not print it (recordings; a wrapper that drops the variable) JSON is asked for,
 * and where that cannot be read the text is taken as it is. No threads, processes or clock.
 */
package org.qstatmesh.probe.slurm;
