/**
 * Reads the probe's own configuration files: strict JSON, every problem said at once.
 *
 * <p>Purpose: a file that an administrator wrote becomes values, or messages that name the file and
 * the place in it; never a value of the file, which may be a secret. No bus addresses, no threads;
 * only what the command line names is read, once, at the start.
 */
package org.qstatmesh.probe.conf;
