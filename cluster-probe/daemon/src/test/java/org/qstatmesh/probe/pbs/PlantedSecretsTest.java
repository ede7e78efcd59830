package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.JobDetail;

/** What users have to hide is in every listing and in nothing made of it. */
@Timeout(120)
class PlantedSecretsTest {
  private static final int DAMAGED = 100;
  private static final long SEED = 42L;

  static List<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void noneIsInASnapshot(Fixture fixture) throws Exception {
    String json = fixture.snapshotJson(listing -> PlantedSecrets.in(fixture, listing));
    assertHasNone(fixture + "", json);
    assertTrue(json.length() > 100, json);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void noneIsInTheAnswerAboutOneJob(Fixture fixture) throws Exception {
    byte[] planted = PlantedSecrets.inJob(fixture);
    Optional<Listing<JobDetail>> query = fixture.jobQuery();
    if (query.isPresent()) {
      JobDetail detail = Fixture.parse(query.get(), planted, new Problems());
      assertHasNone(fixture + "", detail.toString());
    }
  }

  /** Where a user writes, and where the mark therefore must be. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void everyListingOfUsersHasThem(Fixture fixture) throws Exception {
    boolean fixedFields = fixture.adapter().drms().equals("slurm");
    if (!fixedFields && fixture.jobQuery().isPresent()) {
      String text = new String(PlantedSecrets.inJob(fixture), StandardCharsets.ISO_8859_1);
      assertTrue(text.contains(PlantedSecrets.MARK), fixture + " has no mark");
    }
  }

  /** Damage may move a text into another attribute, but nothing may quote it. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void noneIsInAMessageAboutADamagedListing(Fixture fixture) throws Exception {
    for (Listing<?> listing : fixture.listings()) {
      byte[] planted = PlantedSecrets.in(fixture, listing);
      Mutations mutations = new Mutations(SEED);
      byte[] some = planted.length > 20_000 ? Arrays.copyOf(planted, 20_000) : planted;
      for (int i = 0; i < DAMAGED; i++) {
        assertHasNone(
            fixture + " " + listing.collector(), messages(listing, mutations.of(some, some)));
      }
    }
  }

  private static String messages(Listing<?> listing, byte[] damaged) throws IOException {
    Problems problems = new Problems();
    try {
      Fixture.parse(listing, damaged, problems);
      return String.join("\n", problems.notes());
    } catch (UnparsableException refused) {
      return refused.getMessage() + "\n" + String.join("\n", problems.notes());
    }
  }

  private static void assertHasNone(String where, String text) {
    int at = text.indexOf(PlantedSecrets.MARK);
    assertFalse(
        at >= 0,
        () ->
            where + ": " + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 20)));
  }
}
