/**
 * The contract between a probe on a login node and the mesh: protocol {@code qstat-mesh/1}.
 *
 * <p>Purpose: the snapshot records, one streaming JSON codec and the limits a reader sets. No bus
 * addresses, no threads, no files or sockets; everything here is immutable and may be used from any
 * thread. The only library is jackson-core, because a login node carries this code.
 *
 * <p>{@link org.qstatmesh.wire.WireCodec} is the door: it says what is written, what is read and
 * what is refused. Behind it {@code …Fields} classes write and read one record each, {@code
 * FieldReader} one value. The same contract for those who write a probe in another language is
 * {@code snapshot-v1.schema.json} in this package; a test keeps it equal to the records.
 *
 * <p>Names follow DRMAA2 (GFD.194) first, then Open OnDemand's {@code Job::Info}, then the
 * scheduler's manual page. Units are in the names. Absent is {@code null}, never 0 or -1.
 *
 * <table>
 *   <caption>The field's names for one thing</caption>
 *   <tr><th>here</th><th>DRMAA2</th><th>PBS</th><th>Slurm</th><th>Grid Engine</th></tr>
 *   <tr><td>jobOwner</td><td>jobOwner</td><td>Job_Owner</td><td>user_name</td><td>JB_owner</td></tr>
 *   <tr><td>jobSubState</td><td>jobSubState</td><td>job_state</td><td>job_state</td><td>state</td></tr>
 *   <tr><td>slots</td><td>slots</td><td>ncpus, ppn</td><td>cpus</td><td>slots</td></tr>
 *   <tr><td>queueName</td><td>queueName</td><td>queue</td><td>partition</td><td>queue</td></tr>
 *   <tr><td>accountingId</td><td>accountingId</td><td>Account_Name</td><td>account</td><td>account</td></tr>
 *   <tr><td>wallclockLimitSeconds</td><td>WALLCLOCK_TIME</td><td>walltime</td><td>time_limit</td><td>h_rt</td></tr>
 *   <tr><td>node</td><td>machine</td><td>host (its vnodes together)</td><td>node</td><td>host</td></tr>
 * </table>
 */
package org.qstatmesh.wire;
