/**
 * What every scheduler's adapter gives: which commands to run, and how each one's text becomes
 * records.
 *
 * <p>Purpose: the border between running commands and understanding them. A parser sees a {@link
 * java.io.Reader} and a {@link org.qstatmesh.probe.drms.Problems}: no process, no clock. No threads
 * of its own. One package beside this one for each scheduler.
 */
package org.qstatmesh.probe.drms;
