package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Job;

/**
 * A listing cut at any byte is refused, except where its form cannot tell: after whole lines of dsv
 * and after the empty line behind a record of attribute text, where the beginning must be read as
 * it was, and before the first byte.
 */
@Timeout(120)
class CutOffTest {
  /** Above this size every 97th byte is tried. */
  private static final int TRIED_WHOLE = 6_000;

  /** The first element of an XML document. */
  private static final Pattern ROOT = Pattern.compile("(?:<\\?xml [^>]*>)?\\s*<(\\w+)");

  static List<Arguments> listings() {
    List<Arguments> listings = new ArrayList<>();
    for (Fixture fixture : Fixture.all()) {
      for (Listing<?> listing : fixture.listings()) {
        listings.add(Arguments.of(fixture, listing.collector(), listing));
      }
    }
    return listings;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("listings")
  void isRefused(Fixture fixture, String collector, Listing<?> listing) throws Exception {
    byte[] whole = fixture.bytes(listing);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int step = whole.length > TRIED_WHOLE ? 97 : 1;
    for (int length = 1; length < whole.length; length += step) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (!mayEndHere(text, length)) {
        assertThrows(
            UnparsableException.class,
            () -> Fixture.parse(listing, cut, new Problems()),
            fixture + " " + collector + " cut after " + length);
      }
    }
  }

  private static boolean mayEndHere(String text, int length) {
    String cut = text.substring(0, length);
    Matcher root = ROOT.matcher(text);
    if (root.lookingAt()) {
      String end = "</" + root.group(1) + ">";
      return length >= text.lastIndexOf(end) + end.length();
    }
    if (text.contains("usage: qstat")) {
      return cut.endsWith("\n");
    }
    boolean attributeText = text.startsWith("Queue: ") || text.startsWith("Server: ");
    return cut.endsWith(attributeText ? "\n\n" : "\n") && !cut.endsWith("^\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dsvFixtures")
  void jobsOfWholeLinesAreThoseOfTheWholeListing(Fixture fixture) throws Exception {
    Listing<List<Job>> listing = Fixture.jobsOf(fixture.adapter());
    byte[] whole = fixture.bytes(listing);
    List<Job> all = Fixture.parse(listing, whole, new Problems());
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      byte[] cut = Arrays.copyOf(whole, end + 1);
      List<Job> jobs = Fixture.parse(listing, cut, new Problems());
      assertEquals(all.subList(0, jobs.size()), jobs, "cut after " + cut.length);
    }
  }

  static List<Fixture> dsvFixtures() {
    return List.of(Fixture.of("openpbs-23.06.06/mixed"));
  }
}
