package org.qstatmesh.broadcast.table;

import static org.qstatmesh.broadcast.table.CsvLines.text;
import static org.qstatmesh.broadcast.table.CsvLines.texts;
import static org.qstatmesh.broadcast.table.CsvLines.time;
import static org.qstatmesh.broadcast.table.CsvLines.whole;
import static org.qstatmesh.broadcast.table.CsvLines.word;

import java.util.List;
import org.qstatmesh.broadcast.feed.FeedAnswer;
import org.qstatmesh.broadcast.feed.FeedAnswer.Entry;

/**
 * A cluster's news, newest first. The column {@code change} is USE for somebody's use, NODES_ and
 * what became of them for nodes, else what the cluster did.
 */
final class ChangesTable {
  private static final List<String> COLUMNS =
      List.of(
          "time",
          "change",
          "user",
          "startedJobs",
          "startedSlots",
          "endedJobs",
          "endedSlots",
          "nodes",
          "nodeNames",
          "reason");

  private ChangesTable() {}

  static byte[] of(FeedAnswer answer) {
    CsvLines lines = new CsvLines(COLUMNS);
    answer.entries().forEach(entry -> lines.add(line(entry)));
    return lines.bytes();
  }

  private static List<String> line(Entry entry) {
    String time = time(entry.atEpochMillis());
    if (entry.use() != null) {
      FeedAnswer.Use use = entry.use();
      return List.of(
          time,
          "USE",
          text(use.user()),
          whole(use.startedJobs()),
          whole(use.startedSlots()),
          whole(use.endedJobs()),
          whole(use.endedSlots()),
          "",
          "",
          "");
    }
    if (entry.nodes() != null) {
      FeedAnswer.Nodes nodes = entry.nodes();
      return List.of(
          time,
          "NODES_" + nodes.turn(),
          "",
          "",
          "",
          "",
          "",
          whole(nodes.count()),
          texts(nodes.names()),
          text(nodes.reason()));
    }
    FeedAnswer.Answering cluster = entry.cluster();
    return List.of(
        time, word(cluster.change()), "", "", "", "", "", "", "", word(cluster.failure()));
  }
}
