package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;

/**
 * Environment, submit arguments, paths and mail addresses are in the listings and in no record made
 * of them.
 */
@Timeout(120)
class SecretsTest {
  /**
   * What stands in those attributes: {@code planted-…} in the hand-made listings, the others in the
   * recorded ones.
   */
  private static final List<String> SECRETS =
      List.of("planted", "TOKEN", "PBS_O_", "/home/", "/dev/null", ".sh", "JOBX", "@far.example");

  static List<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void noneIsInASnapshot(Fixture fixture) throws Exception {
    assertHasNone(fixture + "", fixture.snapshotJson());
  }

  /** Where a single job has the form of the listing of all; in Grid Engine it has not. */
  static List<Fixture> sameFormFixtures() {
    return Fixture.all().stream()
        .filter(fixture -> !fixture.adapter().drms().equals("gridengine"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("sameFormFixtures")
  void noneIsInASingleJob(Fixture fixture) throws Exception {
    Listing<List<Job>> listing = Fixture.jobsOf(fixture.adapter());
    List<Job> jobs = fixture.parse(listing, new Problems());
    for (Job job : jobs) {
      Listing<JobDetail> one = fixture.adapter().job(job.jobId());
      JobDetail detail = Fixture.parse(one, fixture.bytes(listing, one), new Problems());
      assertHasNone(fixture + " " + job.jobId(), detail.toString());
      assertTrue(detail.text().contains(" = "), detail.text());
    }
  }

  @Test
  void theListingsHaveThem() throws Exception {
    for (String name : List.of("torque-4.2.10/hand-made", "openpbs-23.06.06/hand-made-awkward")) {
      Fixture fixture = Fixture.of(name);
      String text =
          new String(fixture.bytes(Fixture.jobsOf(fixture.adapter())), StandardCharsets.ISO_8859_1);
      for (String secret :
          List.of("environment", "submit-argument", "error-path", "output-path", "mail")) {
        assertTrue(text.contains("planted-" + secret), name + " lacks planted-" + secret);
      }
    }
  }

  @Test
  void hiddenNamesAreInNoRecord() throws Exception {
    assertNamesHidden(Fixture.of("torque-6.1.3/mixed"), new TorqueAdapter(true));
    assertNamesHidden(Fixture.of("openpbs-23.06.06/mixed"), new OpenPbsAdapter(true));
  }

  private static void assertNamesHidden(Fixture fixture, Adapter hiding) throws Exception {
    byte[] listing = fixture.bytes(Fixture.jobsOf(hiding));
    for (Job job : Fixture.parse(Fixture.jobsOf(hiding), listing, new Problems())) {
      assertNull(job.jobName());
    }
    Job first = fixture.jobs().get(0);
    JobDetail detail = Fixture.parse(hiding.job(first.jobId()), listing, new Problems());
    assertNull(detail.job().jobName());
    assertFalse(detail.toString().contains(first.jobName()), detail.toString());
  }

  private static void assertHasNone(String where, String text) {
    for (String secret : SECRETS) {
      assertFalse(text.contains(secret), where + " holds " + secret);
    }
  }
}
