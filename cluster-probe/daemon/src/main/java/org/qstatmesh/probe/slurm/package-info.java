/**
 * Slurm, 22.05 to 25.x: {@code squeue -a -h -o}, {@code scontrol -o show node}, {@code scontrol -a
 * -o show partition}, {@code scontrol show config}.
 *
 * <p>Purpose: those listings to records. {@code squeue --json} would cost 96 times the bytes and
 * reports no jobs at all, with exit code 0, when slurmctld is down; the text is safe here because a
 * mark that nobody can guess stands in every record ({@link org.qstatmesh.probe.slurm.Mark}). No
 * threads, processes or clock.
 */
package org.qstatmesh.probe.slurm;
