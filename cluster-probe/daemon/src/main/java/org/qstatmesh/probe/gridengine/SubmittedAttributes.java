package org.qstatmesh.probe.gridengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.Durations;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.probe.pbs.TextPool;

/**
 * One job of {@code qstat -j -xml}: those of its attributes that may leave the machine. Environment
 * ({@code JB_env_list}, {@code JB_context}), script, arguments ({@code JB_job_args}), paths, mail
 * list and the text of errors, which quotes paths, are skipped unread, and so is whatever a later
 * version adds.
 */
final class SubmittedAttributes {
  private static final Set<String> PLAIN =
      Set.of(
          "JB_job_number",
          "JB_job_name",
          "JB_owner",
          "JB_group",
          "JB_account",
          "JB_project",
          "JB_department",
          "JB_submission_time",
          "JB_execution_time",
          "JB_priority",
          "JB_jobshare",
          "JB_reserve",
          "JB_restart",
          "JB_pe",
          "JB_ja_task_concurrency",
          "JB_ar");

  /** Times, sizes and numbers; a resource may also be text, and then a user chose it. */
  private static final Pattern MEASURE =
      Pattern.compile("[0-9][0-9.:]{0,23}[kmgtKMGT]?|(?i:true|false|infinity)");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  /** {@code qsub -p 0} is stored as 1024: the stored number has no sign. */
  private static final long PRIORITY_OFFSET = 1_024;

  /** With one more attribute still below the wire's longest string. */
  private static final int LONGEST_TEXT = 48 << 10;

  private final Attributes values = new Attributes();
  private boolean waitsForAnother;

  private SubmittedAttributes() {}

  /** Reads the element just entered, to its end. */
  static SubmittedAttributes read(XmlCursor xml) throws XMLStreamException, UnparsableException {
    SubmittedAttributes job = new SubmittedAttributes();
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      if (PLAIN.contains(child)) {
        job.values.put(child, xml.text());
      } else {
        job.readList(child, xml);
      }
    }
    return job;
  }

  private void readList(String name, XmlCursor xml) throws XMLStreamException, UnparsableException {
    switch (name) {
      case "JB_hard_queue_list" -> putAll(name, fieldOfEach(xml, Set.of("QR_name")));
      case "JB_pe_range" -> putAll(name, ranges(xml));
      case "JB_ja_structure" -> putAll(name, ranges(xml));
      case "JB_hard_resource_list" -> readResources(xml);
      case "JB_jid_predecessor_list" -> {
        List<String> jobs = fieldOfEach(xml, Set.of("JRE_job_number"));
        waitsForAnother = !jobs.isEmpty();
        putAll(name, jobs);
      }
      default -> xml.skip();
    }
  }

  private void putAll(String name, List<String> texts) {
    if (!texts.isEmpty()) {
      values.put(name, String.join(",", texts));
    }
  }

  private static List<String> fieldOfEach(XmlCursor xml, Set<String> field)
      throws XMLStreamException, UnparsableException {
    List<String> texts = new ArrayList<>();
    Attributes one = new Attributes();
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      xml.readInto(one, field);
      texts.addAll(one.all().values());
    }
    return texts;
  }

  private static List<String> ranges(XmlCursor xml) throws XMLStreamException, UnparsableException {
    List<String> texts = new ArrayList<>();
    Attributes one = new Attributes();
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      xml.readInto(one, Set.of("RN_min", "RN_max", "RN_step"));
      String first = one.text("RN_min");
      String last = one.text("RN_max");
      if (first != null) {
        texts.add(first.equals(last) ? first : first + "-" + last + ":" + one.text("RN_step"));
      }
    }
    return texts;
  }

  private void readResources(XmlCursor xml) throws XMLStreamException, UnparsableException {
    Attributes one = new Attributes();
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      xml.readInto(one, Set.of("CE_name", "CE_stringval"));
      String name = one.text("CE_name");
      String value = one.text("CE_stringval");
      if (name != null && value != null && NAME.matcher(name).matches()) {
        values.put("hard_resource." + name, MEASURE.matcher(value).matches() ? value : "(text)");
      }
    }
  }

  /** Number of the job. */
  String jobNumber() {
    String number = values.text("JB_job_number");
    if (Numbers.parseLong(number) == null) {
      throw new IllegalArgumentException("JB_job_number is no number");
    }
    return number;
  }

  /** Its name. */
  String jobName() {
    return values.text("JB_job_name");
  }

  /** How many tasks its array has; 1 where it is none. */
  int taskCount() {
    String tasks = values.whole("JB_ja_structure");
    return tasks == null ? 1 : TaskRanges.count(tasks);
  }

  /** Slots it asks for, where that is one number. */
  Integer slots() {
    String range = values.text("JB_pe_range");
    Long slots = range == null ? Long.valueOf(1) : Numbers.parseLong(range);
    return slots == null ? null : Integer.valueOf(Numbers.checkedCount(slots, "JB_pe_range"));
  }

  /** What the list of states does not say. */
  SubmittedJob toSubmittedJob(TextPool pool) {
    Long priority = values.signed("JB_priority");
    return new SubmittedJob(
        pool.one(values.text("JB_owner")),
        pool.one(values.text("JB_group")),
        pool.one(values.text("JB_account")),
        pool.one(queues()),
        Times.parseEpochSeconds(values.text("JB_submission_time")),
        Times.parseEpochSeconds(values.text("JB_execution_time")),
        Durations.parseSeconds(values.text("hard_resource.h_rt")),
        priority == null ? null : priority - PRIORITY_OFFSET,
        waitsForAnother);
  }

  /** {@code -q all.q@n001} asks for a host too; what it is counted under is the queue. */
  private String queues() {
    String listed = values.text("JB_hard_queue_list");
    if (listed == null) {
      return null;
    }
    List<String> queues = new ArrayList<>();
    for (String name : listed.split(",", -1)) {
      int at = name.indexOf('@');
      String queue = at < 0 ? name : name.substring(0, at);
      if (!queue.isEmpty() && !queue.equals("*") && !queues.contains(queue)) {
        queues.add(queue);
      }
    }
    return queues.isEmpty() ? null : String.join(",", queues);
  }

  /** The attributes as text, {@code name = value}, one a line. */
  String text(boolean hideJobName) {
    StringBuilder text = new StringBuilder();
    for (String name : values.all().keySet()) {
      if (!(hideJobName && name.equals("JB_job_name"))) {
        String value = values.text(name);
        if (text.length() > LONGEST_TEXT) {
          break;
        }
        text.append(name).append(" = ");
        text.append(value == null ? "" : value.replace("\\", "\\\\").replace("\n", "\\n"));
        text.append('\n');
      }
    }
    return text.toString();
  }
}
