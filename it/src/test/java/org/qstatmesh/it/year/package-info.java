/**
 * Clusters that exist only as numbers: seeded generators of what a poller would publish. The same
 * seed makes the same year. One thread each.
 */
package org.qstatmesh.it.year;
