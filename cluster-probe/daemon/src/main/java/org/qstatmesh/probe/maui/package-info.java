/**
 * What Maui and Moab, schedulers of their own over TORQUE, know of its waiting jobs.
 *
 * <p>Purpose: {@code showq} and {@code showq -b} tell in one go why jobs wait, {@code checkjob -v}
 * of one job in its own words. Jobs, states and numbers stay those of {@code qstat}: a list of Maui
 * is cut at some thousand jobs. A job of Maui is a job of {@code qstat} where number and user are
 * the same; nothing else in these listings was chosen by a user. No threads of its own.
 */
package org.qstatmesh.probe.maui;
