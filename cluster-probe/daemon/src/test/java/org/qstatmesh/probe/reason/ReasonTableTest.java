package org.qstatmesh.probe.reason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every reason that schedulers are known to give, and what becomes of it: {@code reasons.tsv}. With
 * {@code -Dfixtures.update=true} the sentences are written anew; the difference is then read line
 * by line before it is committed.
 */
@Timeout(60)
class ReasonTableTest {
  private static final Path TABLE = Path.of("src", "test", "resources", "reasons", "reasons.tsv");
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  /** One line of the table; no sentence where the text stays as it is. */
  private record Line(ReasonSource source, String text, String sentence) {
    static Line of(String line) {
      String[] fields = line.split("\t", -1);
      return new Line(ReasonSource.valueOf(fields[0]), fields[1], fields[2]);
    }

    Line mappedNow() {
      WaitSentence meaning = source.meaning(text);
      return new Line(source, text, meaning == null ? "" : meaning.sentence());
    }

    @Override
    public String toString() {
      return source + "\t" + text + "\t" + sentence;
    }
  }

  private static List<String> table() throws IOException {
    return Files.readAllLines(TABLE);
  }

  private static List<Line> lines() throws IOException {
    return table().stream().filter(line -> !line.startsWith("#")).map(Line::of).toList();
  }

  @Test
  void textsHaveTheirSentences() throws Exception {
    List<String> mapped =
        table().stream()
            .map(line -> line.startsWith("#") ? line : Line.of(line).mappedNow().toString())
            .toList();
    if (Boolean.getBoolean("fixtures.update")) {
      Files.write(TABLE, mapped);
    }
    assertEquals(String.join("\n", table()), String.join("\n", mapped));
  }

  @Test
  void everySentenceIsUsedAndNoneHoldsWhatDiffersFromJobToJob() throws Exception {
    Set<WaitSentence> used = EnumSet.noneOf(WaitSentence.class);
    for (Line line : lines()) {
      WaitSentence meaning = line.source().meaning(line.text());
      if (meaning != null) {
        used.add(meaning);
        assertEquals(meaning.sentence(), line.source().inPlainWords(line.text()));
      } else {
        assertSame(line.text(), line.source().inPlainWords(line.text()), "verbatim");
      }
    }
    assertEquals(EnumSet.allOf(WaitSentence.class), used);
    for (WaitSentence sentence : WaitSentence.values()) {
      assertTrue(sentence.sentence().matches("[a-z ,:]+"), sentence.sentence());
    }
  }

  /** Where each scheduler's reasons stand in the recorded listings. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SLURM; slurm-; squeue-a-o.out; \\|PENDING\\|PD\\|([^|]+)\\|; 10",
        "PBS; openpbs-; qstat-f-dsv.out; \\|comment=((?:Not|Can|Job held|ops)[^|\\n]*); 6",
        "PBS; torque-; qstat-fxt.out; <comment>((?:Not|Can|Job held)[^<]*)<; 4",
        "MAUI; maui-; checkjob-v-*; cannot select job \\S+ for partition \\S+ \\((.*)\\); 3",
        "MAUI; maui-; checkjob-v-*; hold reason:  (\\w+)\\); 1",
        "MAUI; torque-; showq-b.out; (?m)^ +\\d\\S* +\\S+ (.*)$; 3",
        "GRID_ENGINE; gridengine-; qstat-j-all-xml.out; <MES_message>([^<]*)<; 8"
      })
  void everyRecordedTextIsInTheTable(
      ReasonSource source, String scheduler, String file, String where, int fewest)
      throws Exception {
    Set<String> known =
        lines().stream()
            .filter(line -> line.source() == source)
            .map(line -> comparable(line.text()))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    Set<String> found = new TreeSet<>();
    for (Path listing : recorded(scheduler, file)) {
      String text = Files.readString(listing, StandardCharsets.ISO_8859_1);
      Pattern.compile(where)
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .forEach(any -> found.add(any));
      Pattern.compile(where)
          .matcher(text)
          .results()
          .map(match -> comparable(match.group(1)))
          .filter(reason -> !known.contains(reason))
          .forEach(missing::add);
    }
    assertEquals(Set.of(), missing);
    assertTrue(found.size() >= fewest, found + " of " + scheduler);
  }

  /** Recorded on real machines, not written by hand. */
  private static List<Path> recorded(String scheduler, String file) throws IOException {
    Pattern name = Pattern.compile(file.replace(".", "\\.").replace("*", ".*"));
    List<Path> listings = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      files
          .filter(path -> FIXTURES.relativize(path).toString().startsWith(scheduler))
          .filter(path -> !path.toString().contains("hand-made"))
          .filter(path -> name.matcher(path.getFileName().toString()).matches())
          .forEach(listings::add);
    }
    return listings;
  }

  /** Without what XML and dsv make of characters, and without names of queues and hosts. */
  private static String comparable(String text) {
    return text.strip()
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("\\\\", "\\")
        .replace("\t", "\\t")
        .replaceAll("\"[^\"]*\"", "\"\"");
  }

  @Test
  void numbersNamesAndTimesMakeNoReasonOfTheirOwn() {
    Set<String> reasons = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      reasons.add(
          ReasonSource.PBS.inPlainWords(
              "Not Running: Insufficient amount of resource: ncpus (R: " + i + " A: 12 T: 336)"));
      reasons.add(
          ReasonSource.MAUI.inPlainWords("insufficient idle procs available: " + i + " < 896"));
      reasons.add(
          ReasonSource.SLURM.inPlainWords("ReqNodeNotAvail, UnavailableNodes:n[1-" + i + "]"));
    }
    assertEquals(Set.of("waits for free resources", "its nodes are down or drained"), reasons);
  }

  @Test
  void aTextOfManyNodesIsMappedByItsBeginning() {
    String many = "n001,".repeat(100_000);
    assertEquals(
        WaitSentence.NODES_DOWN,
        ReasonSource.SLURM.meaning("ReqNodeNotAvail, UnavailableNodes:" + many));
    assertNull(ReasonSource.PBS.meaning(many));
  }

  @Test
  void noTextIsNoReason() {
    for (ReasonSource source : ReasonSource.values()) {
      assertNull(source.meaning(null));
      assertNull(source.inPlainWords(null));
      assertNull(new PlainReasons(source).of(null));
      assertNull(new PlainReasons(source).meaning(null));
      assertNull(source.meaning(""));
    }
  }

  @Test
  void theWeightierOfTwoReasonsIsTheOneThatStaysWhenTheOtherGoes() {
    assertEquals(
        WaitSentence.USER_HOLD,
        WaitSentence.weightier(WaitSentence.QUEUE_STOPPED, WaitSentence.USER_HOLD));
    assertEquals(WaitSentence.TURN, WaitSentence.weightier(null, WaitSentence.TURN));
    assertEquals(WaitSentence.TURN, WaitSentence.weightier(WaitSentence.TURN, null));
    assertNull(WaitSentence.weightier(null, null));
  }

  @Test
  void ofOneListingEqualReasonsAreOneInstance() {
    PlainReasons reasons = new PlainReasons(ReasonSource.PBS);
    String first = reasons.of(new String("ops note = 5"));
    assertSame(first, reasons.of(new String("ops note = 5")));
    for (int i = 0; i < 10_000; i++) {
      assertEquals("note " + i, reasons.of("note " + i));
    }
    assertFalse(reasons.of("Not Running: Queue not started.").contains("Not Running"));
    assertEquals(WaitSentence.QUEUE_STOPPED, reasons.meaning("Not Running: Queue not started."));
    assertNull(reasons.meaning("ops note = 5"));
  }
}
