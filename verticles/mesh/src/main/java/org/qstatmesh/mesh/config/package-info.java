/**
 * Reads conf/*.json: every file with Vert.x Config, checked against the schema, merged into
 * records.
 *
 * <p>Purpose: whoever holds a {@link org.qstatmesh.mesh.config.MeshConfig} holds a valid one. All
 * problems are found before anything is refused, and each names its file and JSON pointer. No
 * threads of its own; futures complete on the caller's context.
 */
package org.qstatmesh.mesh.config;
