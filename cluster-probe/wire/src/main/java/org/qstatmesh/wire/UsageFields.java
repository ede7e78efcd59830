package org.qstatmesh.wire;

import java.io.IOException;
import java.util.List;

/** A {@link Summary.Usage} on the wire. */
final class UsageFields {
  private static final List<String> COUNTS =
      List.of(
          "runningJobs", "runningSlots", "runningGpus", "queuedJobs", "queuedSlots", "heldJobs");

  private UsageFields() {}

  static void write(FieldWriter out, Summary.Usage usage) throws IOException {
    out.records("user", usage.user(), UsageFields::writeUse);
    out.records("group", usage.group(), UsageFields::writeUse);
    out.records("account", usage.account(), UsageFields::writeUse);
    out.records("queue", usage.queue(), UsageFields::writeUse);
  }

  private static void writeUse(FieldWriter out, Summary.Use use) throws IOException {
    out.text("key", use.key());
    CountFields.write(
        out,
        COUNTS,
        use.runningJobs(),
        use.runningSlots(),
        use.runningGpus(),
        use.queuedJobs(),
        use.queuedSlots(),
        use.heldJobs());
  }

  /** The usage, or null with a problem noted. */
  static Summary.Usage read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    List<Summary.Use> user = null;
    List<Summary.Use> group = null;
    List<Summary.Use> account = null;
    List<Summary.Use> queue = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "user" -> user = uses(in);
        case "group" -> group = uses(in);
        case "account" -> account = uses(in);
        case "queue" -> queue = uses(in);
        default -> in.skip();
      }
    }
    if (user == null || group == null || account == null || queue == null) {
      in.note("a usage needs user, group, account and queue");
      return null;
    }
    return new Summary.Usage(user, group, account, queue);
  }

  private static List<Summary.Use> uses(FieldReader in) throws IOException, WireException {
    return SummaryFields.rows(in, Summary.MAX_KEYS + 1, "keys", UsageFields::readUse);
  }

  private static Summary.Use readUse(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String key = null;
    CountFields fields = new CountFields(COUNTS);
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      if (field.equals("key")) {
        key = key(in);
      } else if (!fields.read(field, in)) {
        in.skip();
      }
    }
    requireKey(key, in);
    int[] n = fields.counts(in);
    return new Summary.Use(key, n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  /** What is counted under: never longer than a summary may have it. */
  static String key(FieldReader in) throws IOException, WireException {
    String key = in.identifier();
    if (key != null && key.length() > Summary.MAX_KEY_LENGTH + 1) {
      in.note("a key of " + key.length() + " characters");
    }
    return key;
  }

  /** Notes counts of nobody knows what. */
  static void requireKey(String key, FieldReader in) {
    if (key == null) {
      in.note("the name of what is counted is missing");
    }
  }
}
