/**
 * Grid Engine 8.1.9 and its relatives (SGE 6.2, Open Grid Scheduler, Univa): {@code qstat -f -u *
 * -xml}, {@code qstat -j * -xml}, {@code qhost -q -xml}, {@code qhost -F -xml}, {@code qstat
 * -help}.
 *
 * <p>Purpose: those listings to records. Two commands make the jobs. The first alone knows states,
 * granted slots and hosts: {@code -f} lists a job under each queue instance where it runs, with its
 * slots there. The second alone knows group and account; it writes some 4 kB a job, environment
 * included, so it is streamed and its failure costs the groups, not the jobs. Two commands make the
 * nodes as well: only {@code qhost -F} knows to how many slots a host is limited. No threads,
 * processes or clock; one small file, {@code act_qmaster}, is read for the server's name.
 */
package org.qstatmesh.probe.gridengine;
