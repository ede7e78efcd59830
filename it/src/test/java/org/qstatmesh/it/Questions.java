package org.qstatmesh.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a browser asks. */
final class Questions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Questions() {}

  /** The jobs of a user in one state. */
  static ObjectNode jobsOf(String cluster, String owner, String state) {
    ObjectNode question = jobs(cluster);
    question.putObject("filter").put("jobOwner", owner).put("jobState", state);
    return question;
  }

  /** The first thousand jobs. */
  static ObjectNode jobs(String cluster) {
    return JSON.createObjectNode()
        .put("cluster", cluster)
        .put("sort", "jobId")
        .put("offset", 0)
        .put("limit", 1000);
  }

  /** Running cores by user; of a week in steps of an hour. */
  static ObjectNode history(String cluster, long fromMillis, long toMillis) {
    return JSON.createObjectNode()
        .put("cluster", cluster)
        .put("dimension", "user")
        .put("measure", "runningSlots")
        .put("fromEpochMillis", fromMillis)
        .put("toEpochMillis", toMillis)
        .put("maxPoints", 200)
        .put("top", 8);
  }
}
