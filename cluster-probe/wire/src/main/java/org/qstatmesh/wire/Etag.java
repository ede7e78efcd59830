package org.qstatmesh.wire;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * What stands for the content of a snapshot: two checksums, 64 bits together, over all that it
 * shows and not over when and how fast it was taken. It tells apart, it does not protect: whoever
 * could forge it can forge the snapshot.
 */
final class Etag {
  private Etag() {}

  static String of(
      Snapshot head,
      EncodedRecords<Job> jobs,
      EncodedRecords<Node> nodes,
      EncodedRecords<Queue> queues) {
    long castagnoli = sum(new CRC32C(), head, jobs, nodes, queues);
    long ieee = sum(new CRC32(), head, jobs, nodes, queues);
    return String.format("%08x%08x", castagnoli, ieee);
  }

  private static long sum(Checksum sum, Snapshot head, EncodedRecords<?>... arrays) {
    StringBuilder facts = new StringBuilder();
    facts.append(head.drms()).append('\n').append(head.drmsVersion()).append('\n');
    facts.append(head.serverName()).append('\n').append(head.visibility());
    facts.append('\n').append(head.minimumIntervalSeconds());
    for (CollectorReport report : head.collectors()) {
      facts.append('\n').append(report.collector()).append(' ').append(report.problems());
      facts.append(' ').append(report.error());
    }
    sum.update(facts.toString().getBytes(StandardCharsets.UTF_8));
    for (EncodedRecords<?> array : arrays) {
      sum.update(array == null ? 0 : 1);
      if (array != null) {
        array.addTo(sum);
      }
    }
    return sum.getValue();
  }
}
