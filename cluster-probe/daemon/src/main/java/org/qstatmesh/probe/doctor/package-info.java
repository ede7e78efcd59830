/**
 * Tells the administrator who installs a probe what it found, what it costs, what it can see, and
 * what to write where.
 *
 * <p>Purpose: one collection becomes a text. No bus addresses, no threads, no further commands: all
 * that is told comes from the collection and from files of this machine that everybody may read.
 */
package org.qstatmesh.probe.doctor;
