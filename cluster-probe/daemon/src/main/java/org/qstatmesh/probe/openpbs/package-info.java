/**
 * OpenPBS (and PBS Professional, whose commands it has): {@code qstat -f -F dsv}, {@code pbsnodes
 * -av -F dsv}, {@code qstat -Qf}, {@code qstat -Bf}.
 *
 * <p>Purpose: those listings to records. The dsv form has one line for each job whatever a user
 * puts into the environment; {@code -F json} is not JSON as soon as a job is called {@code .5} or
 * an account holds a backslash, and in the {@code -f} text users can forge whole jobs: that one is
 * read only where the command refuses {@code -F}, as before PBS Pro 14. No threads, processes or
 * clock.
 */
package org.qstatmesh.probe.openpbs;
