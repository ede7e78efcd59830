/**
 * Why jobs wait, in plain words: the reasons of every scheduler become one of a few sentences, so
 * that a page of several clusters speaks one language.
 *
 * <p>Purpose: {@link org.qstatmesh.probe.reason.ReasonSource} maps a scheduler's text to a {@link
 * org.qstatmesh.probe.reason.WaitSentence}. A text that it does not know stays verbatim; the
 * scheduler's own text is in the answer about a single job in any case. No bus, no threads of its
 * own. A new reason is one line in the rules of its scheduler and one in the test's table.
 */
package org.qstatmesh.probe.reason;
