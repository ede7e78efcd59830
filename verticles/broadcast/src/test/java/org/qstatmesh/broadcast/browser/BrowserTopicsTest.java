package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's half and the server's half of the addresses are one. */
@Timeout(10)
class BrowserTopicsTest {

  @Test
  void thePageUsesNoAddressThatIsNotServed() throws Exception {
    String topics = Files.readString(Path.of("../../webroot/js/topics.js"));
    Set<String> served = new HashSet<>(QuestionReader.ADDRESSES);
    served.add(BrowserTopics.CLUSTERS);
    served.add(BrowserTopics.cluster("${id}"));
    Matcher address = Pattern.compile("['`](grid\\.[^'`]+)['`]").matcher(topics);
    int found = 0;
    while (address.find()) {
      assertTrue(served.contains(address.group(1)), address.group(1));
      found++;
    }
    assertTrue(found >= 3, topics);
    assertTrue(topics.contains("'eventbus/websocket'"), topics);
  }
}
