/**
 * XML as schedulers write it.
 *
 * <p>Purpose: opening such a text as a stream, safely: no external entities, no characters that XML
 * forbids, messages without any of the text. No threads, processes or clock.
 */
package org.qstatmesh.probe.xml;
