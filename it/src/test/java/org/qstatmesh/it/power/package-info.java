/**
 * The store alone, in a process of its own that is killed, or whose disk loses its power, and what
 * is in its database afterwards.
 */
package org.qstatmesh.it.power;
