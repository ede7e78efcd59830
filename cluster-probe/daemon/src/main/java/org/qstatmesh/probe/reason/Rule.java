package org.qstatmesh.probe.reason;

import java.util.regex.Pattern;

/** Words, found anywhere in a reason and in any case, and what they mean. */
record Rule(WaitSentence sentence, Pattern words) {

  static Rule rule(WaitSentence sentence, String words) {
    return new Rule(sentence, Pattern.compile(words, Pattern.CASE_INSENSITIVE));
  }

  boolean fits(CharSequence reason) {
    return words.matcher(reason).find();
  }
}
