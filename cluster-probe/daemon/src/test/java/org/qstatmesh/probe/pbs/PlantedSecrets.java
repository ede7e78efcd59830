package org.qstatmesh.probe.pbs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qstatmesh.probe.drms.Listing;

/**
 * A recorded listing in which every user has something to hide: a mark stands in each job's
 * environment, script, arguments, paths and mail addresses, wherever the listing has them or could
 * have them.
 */
final class PlantedSecrets {
  /** Stands nowhere else. */
  static final String MARK = "s3cr3t";

  private static final List<String> OF_PBS =
      List.of(
          "Variable_List",
          "Submit_arguments",
          "submit_args",
          "Submit_Host",
          "submit_host",
          "Error_Path",
          "Output_Path",
          "init_work_dir",
          "jobdir",
          "sandbox",
          "stagein",
          "stageout",
          "Shell_Path_List",
          "Mail_Users",
          "executable",
          "argument_list",
          "init_script",
          "job_radix",
          "x11_cookie",
          "forward_x11",
          "security",
          "a_later_version");

  /** What one job may hold and hardly any recorded one does. */
  private static final String MORE_OF_GRID_ENGINE =
      "<JB_job_args><element><ST_name>MARK</ST_name></element></JB_job_args>"
          + "<JB_context><context_list><VA_variable>MARK</VA_variable><VA_value>MARK</VA_value>"
          + "</context_list></JB_context>"
          + "<JB_script_ptr>MARK</JB_script_ptr><JB_directive_prefix>MARK</JB_directive_prefix>"
          + "<JB_submission_command_line>qsub MARK</JB_submission_command_line>"
          + "<JB_shell_list><path_list><PN_path>MARK</PN_path></path_list></JB_shell_list>"
          + "<JB_hard_resource_list><qstat_l_requests><CE_name>password</CE_name>"
          + "<CE_stringval>MARK</CE_stringval></qstat_l_requests></JB_hard_resource_list>"
          + "<JB_a_later_version>MARK</JB_a_later_version>";

  private static final Pattern OF_GRID_ENGINE =
      Pattern.compile(
          "(<(?:VA_value|VA_variable|JB_script_file|JB_exec_file|PN_path|PN_host|MR_user|MR_host"
              + "|JB_cwd|ST_name|QIM_message|MES_message)>)([^<]*)");

  private PlantedSecrets() {}

  /** The listing as recorded, with the mark. */
  static byte[] in(Fixture fixture, Listing<?> listing) throws Exception {
    return in(fixture, listing.collector(), fixture.bytes(listing));
  }

  /** The answer of the command for one job, with the mark. */
  static byte[] inJob(Fixture fixture) throws Exception {
    return in(fixture, fixture.collectorOfJobForm(), fixture.bytesOfJob());
  }

  private static byte[] in(Fixture fixture, String collector, byte[] recorded) {
    String text = new String(recorded, StandardCharsets.ISO_8859_1);
    String planted =
        switch (fixture.adapter().drms() + " " + collector) {
          case "torque jobs" -> inElements(text);
          case "openpbs jobs" -> inDsv(text);
          case "gridengine jobDetails" -> inGridEngine(text);
          // nothing there is a user's; the paths are the administrator's
          default -> text.replaceAll("=/[^ \n|]*", "=/" + MARK);
        };
    return planted.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String inElements(String text) {
    String planted = text;
    for (String name : OF_PBS) {
      String element = "<" + name + ">";
      planted = planted.replace(element, element + MARK + "=" + MARK + ",");
    }
    String more =
        OF_PBS.stream()
            .map(name -> "<" + name + ">" + MARK + "=" + MARK + "</" + name + ">")
            .reduce("", String::concat);
    return planted.replace("</Job>", more + "</Job>");
  }

  private static String inDsv(String text) {
    String planted = text;
    for (String name : OF_PBS) {
      planted = planted.replace("|" + name + "=", "|" + name + "=" + MARK + "=" + MARK + ",");
    }
    Stream<String> more = OF_PBS.stream().map(name -> "|" + name + "=" + MARK + "=" + MARK);
    String attributes = more.reduce("", String::concat);
    // behind the owner: what stands behind a value that a user ends with ^ is another matter
    return planted.replaceAll(
        "(\\|Job_Owner=[^|\n]*)", "$1" + Matcher.quoteReplacement(attributes));
  }

  private static String inGridEngine(String text) {
    String more = MORE_OF_GRID_ENGINE.replace("MARK", MARK);
    return OF_GRID_ENGINE
        .matcher(text)
        .replaceAll("$1" + MARK + "$2")
        .replaceAll("(<JB_owner>[^<]*</JB_owner>)", "$1" + Matcher.quoteReplacement(more));
  }
}
