package org.qstatmesh.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot whose row on the page, or which itself, is about so large. */
final class SizedSnapshot {
  /** What a user with a job adds to a row, who is in a group and an account of her own. */
  private static final int ROW_BYTES_A_USER = 345;

  /** What a job adds to a snapshot. */
  private static final int BYTES_A_JOB = 190;

  private SizedSnapshot() {}

  /** Written to a file: as many users as the row wants. */
  static Path ofRow(Path file, int rowBytes) throws IOException {
    return write(file, Math.max(1, rowBytes / ROW_BYTES_A_USER), true);
  }

  /** Written to a file: as many jobs as the reply wants, of few users. */
  static Path ofReply(Path file, int replyBytes) throws IOException {
    return write(file, Math.max(1, replyBytes / BYTES_A_JOB), false);
  }

  private static Path write(Path file, int jobs, boolean alone) throws IOException {
    StringBuilder json =
        new StringBuilder(
            "{\"drms\":\"slurm\",\"drmsVersion\":\"23.11.4\",\"visibility\":\"ALL\",");
    json.append("\"nodes\":[{\"nodeName\":\"n1\",\"nodeState\":\"FREE\",\"slots\":")
        .append(2 * jobs)
        .append(",\"usedSlots\":")
        .append(jobs)
        .append(",\"freeSlots\":")
        .append(jobs)
        .append("}],\"jobs\":[");
    for (int i = 0; i < jobs; i++) {
      int who = alone ? i : i % 8;
      json.append(i == 0 ? "" : ",")
          .append(
              """
              {"jobId":"%1$d","jobName":"run","jobOwner":"u%2$04d","groupName":"g%2$04d","accountingId":"a%2$04d",
              "queueName":"batch","jobState":"RUNNING","slots":1}"""
                  .formatted(100_000 + i, who));
    }
    return Files.writeString(file, json.append("]}").toString());
  }
}
