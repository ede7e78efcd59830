package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.gridengine.GridEngineAdapter;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;

/**
 * Texts of a megabyte or two that say more than they are long: refused or counted, in time and
 * memory that grow with the text and not with what it claims.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class SwollenListingTest {
  private static final int MANY = 150_000;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long MOST_BYTES = 512L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static List<Arguments> listings() {
    TorqueAdapter torque = new TorqueAdapter(false);
    OpenPbsAdapter openPbs = new OpenPbsAdapter(false);
    GridEngineAdapter gridEngine = new GridEngineAdapter(false);
    return List.of(
        Arguments.of("cores of a job", false, torque.jobs(job -> {}), torqueJob(execHosts("+"))),
        Arguments.of("cores in one list", false, torque.jobs(job -> {}), torqueJob(execHosts(","))),
        Arguments.of("tasks of an array", false, torque.jobs(job -> {}), torqueArray()),
        Arguments.of("jobs that share cores", true, torque.nodes(), torqueNode()),
        Arguments.of("depth", false, torque.jobs(job -> {}), "<Data><Job>" + "<a>".repeat(MANY)),
        Arguments.of("depth of a job", false, torque.jobs(job -> {}), deep("Data", "Job")),
        Arguments.of("depth of a part", true, gridEngine.jobs(job -> {}), deep("job_info", "b")),
        Arguments.of("tasks", false, gridEngine.jobs(job -> {}), gridEngineJob()),
        Arguments.of("chunks", false, openPbs.jobs(job -> {}), openPbsJob()));
  }

  private static String execHosts(String between) {
    return between.equals("+")
        ? "n001/0-999999+".repeat(MANY) + "n001/0"
        : "n001/" + "0-999999,".repeat(MANY) + "0";
  }

  private static String torqueJob(String execHost) {
    return "<Data><Job><Job_Id>1.s</Job_Id><Job_Owner>a@b</Job_Owner><job_state>R</job_state>"
        + "<exec_host>"
        + execHost
        + "</exec_host></Job></Data>";
  }

  private static String torqueArray() {
    return "<Data><Job><Job_Id>1[].s</Job_Id><Job_Owner>a@b</Job_Owner><job_state>Q</job_state>"
        + "<job_array_request>"
        + "0-999999,".repeat(MANY)
        + "1</job_array_request></Job></Data>";
  }

  private static String torqueNode() {
    return "<Data><Node><name>n001</name><state>free</state><np>8</np><jobs>"
        + "0-999999/1.s,".repeat(MANY)
        + "0/1.s</jobs></Node></Data>";
  }

  private static String deep(String root, String child) {
    String inside = "<a>".repeat(MANY) + "</a>".repeat(MANY);
    return "<%s><%s>%s</%s></%s>".formatted(root, child, inside, child, root);
  }

  private static String gridEngineJob() {
    return "<job_info><queue_info/><job_info><job_list><JB_job_number>1</JB_job_number>"
        + "<JB_owner>a</JB_owner><state>qw</state><slots>1</slots><tasks>"
        + "1-9999999:1,".repeat(80_000)
        + "1</tasks></job_list></job_info></job_info>";
  }

  private static String openPbsJob() {
    return "Job Id: 1.s|Job_Owner=a@b|job_state=R|exec_vnode="
        + "(n001:ncpus=9999999)+".repeat(MANY)
        + "(n001:ncpus=1)\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("listings")
  void costsWhatItIsLong(String what, boolean makesSense, Listing<?> listing, String text)
      throws Exception {
    long self = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(self);
    long began = System.nanoTime();
    Problems problems = new Problems();
    boolean refused = false;
    try {
      Fixture.parse(listing, text.getBytes(StandardCharsets.UTF_8), problems);
    } catch (UnparsableException e) {
      refused = true;
    }
    long nanos = System.nanoTime() - began;
    long bytes = THREADS.getThreadAllocatedBytes(self) - allocated;
    assertEquals(makesSense, !refused && problems.count() == 0, what);
    assertTrue(nanos < LONGEST_NANOS, () -> what + " took " + nanos / 1_000_000 + " ms");
    assertTrue(bytes < MOST_BYTES, () -> what + " allocated " + bytes + " bytes");
  }
}
