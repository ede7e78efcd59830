/**
 * The page in Chromium as people use it: clicks and keys, and what stands there afterwards. The
 * clusters are those of {@link org.qstatmesh.it.kit.PageMesh} where nothing has to change.
 */
package org.qstatmesh.it.page;
