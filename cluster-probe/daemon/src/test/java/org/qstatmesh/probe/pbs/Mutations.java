package org.qstatmesh.probe.pbs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Ways in which a text comes to harm, drawn from a seed. */
final class Mutations {
  private static final int LONGEST_PIECE = 80;
  private static final int DEEPEST = 3_000;

  private static final List<byte[]> SPLINTERS =
      ofTexts(
          List.of(
              "|",
              "\\",
              "\n",
              "^\n",
              "=",
              " = ",
              "\n\n",
              "    ",
              "\t",
              "<",
              "</Data>",
              "<Job>",
              "&",
              "&#0;",
              "]]>",
              "<![CDATA[",
              "<!--",
              "<!DOCTYPE Data [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
              "&a;",
              "0-9999999",
              "+",
              "/",
              "(",
              "\0",
              "\u001b[2J",
              "\u007f",
              "\u2028",
              "[]",
              "[0-9999999]",
              "Job Id: 1.x|",
              "Job Id: 1.x\n",
              "Queue: q",
              "<tasks>1-9999999:1</tasks>",
              "<job_list>",
              "</Queue-List>",
              "<host name='global'>",
              ","));

  /** No UTF-8: a lone tail, a byte that never is one, a surrogate, an overlong form, a cut head. */
  private static final List<byte[]> NO_TEXT =
      List.of(
          new byte[] {(byte) 0x80},
          new byte[] {(byte) 0xff, (byte) 0xfe},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xc0, (byte) 0xaf},
          new byte[] {(byte) 0xf0, (byte) 0x9f});

  private static final List<byte[]> HUGE =
      ofTexts(
          List.of(
              "99999999999999999999",
              "9223372036854775807",
              "4294967296",
              "2147483648",
              "10000000",
              "-1",
              "1e309",
              "0".repeat(60)));

  private static final List<byte[]> NESTS = ofTexts(List.of("<a>", "(", "[", "{", "\\", "\"", "&"));

  private final Random random;

  Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** The text with one to three injuries; pieces of {@code other} may come into it. */
  byte[] of(byte[] text, byte[] other) {
    byte[] injured = text;
    int injuries = 1 + random.nextInt(3);
    for (int i = 0; i < injuries; i++) {
      injured = random.nextBoolean() ? inBytes(injured, other) : inWords(injured, other);
    }
    return injured;
  }

  private byte[] inBytes(byte[] text, byte[] other) {
    int at = random.nextInt(text.length + 1);
    int length = Math.min(random.nextInt(LONGEST_PIECE), text.length - at);
    return switch (random.nextInt(7)) {
      case 0 -> flipped(text, at);
      case 1 -> spliced(text, at, length, new byte[0]);
      case 2 -> spliced(text, at, 0, randomBytes(1 + random.nextInt(8)));
      case 3 -> spliced(text, at, 0, Arrays.copyOfRange(text, at, at + length));
      case 4 -> spliced(text, at, length, piece(other));
      case 5 -> spliced(text, at, 0, one(NO_TEXT));
      default -> Arrays.copyOf(text, at);
    };
  }

  private byte[] inWords(byte[] text, byte[] other) {
    int at = random.nextInt(text.length + 1);
    return switch (random.nextInt(6)) {
      case 0 -> spliced(text, at, 0, one(SPLINTERS));
      case 1 -> withAnotherNumber(text, at, one(HUGE));
      case 2 -> withAnotherNumber(text, at, numberOf(text, random.nextInt(text.length + 1)));
      case 3 -> spliced(text, at, 0, nest());
      case 4 -> spliced(text, at, 0, new byte[] {(byte) random.nextInt(' ')});
      default -> inLines(text, other);
    };
  }

  private byte[] inLines(byte[] text, byte[] other) {
    List<byte[]> lines = lines(text);
    List<byte[]> others = lines(other);
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2 -> lines.add(at, others.get(random.nextInt(others.size())));
      default -> Collections.swap(lines, at, random.nextInt(lines.size()));
    }
    return joined(lines);
  }

  private byte[] nest() {
    byte[] opening = one(NESTS);
    int depth = random.nextInt(DEEPEST);
    byte[] nest = new byte[opening.length * depth];
    for (int i = 0; i < nest.length; i++) {
      nest[i] = opening[i % opening.length];
    }
    return nest;
  }

  /** The first number behind a place becomes another one, so that ids repeat and counts grow. */
  private static byte[] withAnotherNumber(byte[] text, int from, byte[] number) {
    int at = digitAfter(text, from);
    return spliced(text, at, numberOf(text, at).length, number);
  }

  private static byte[] numberOf(byte[] text, int from) {
    int at = digitAfter(text, from);
    int end = at;
    while (end < text.length && text[end] >= '0' && text[end] <= '9') {
      end++;
    }
    return Arrays.copyOfRange(text, at, end);
  }

  private static int digitAfter(byte[] text, int from) {
    int at = from;
    while (at < text.length && (text[at] < '0' || text[at] > '9')) {
      at++;
    }
    return at;
  }

  private byte[] flipped(byte[] text, int at) {
    byte[] flipped = text.clone();
    if (at < text.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] piece(byte[] text) {
    int at = random.nextInt(text.length + 1);
    return Arrays.copyOfRange(text, at, Math.min(text.length, at + random.nextInt(LONGEST_PIECE)));
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] one(List<byte[]> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] spliced(byte[] text, int at, int removed, byte[] inserted) {
    byte[] result = new byte[text.length - removed + inserted.length];
    System.arraycopy(text, 0, result, 0, at);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(text, at + removed, result, at + inserted.length, text.length - removed - at);
    return result;
  }

  private static List<byte[]> lines(byte[] text) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' || i == text.length - 1) {
        lines.add(Arrays.copyOfRange(text, from, i + 1));
        from = i + 1;
      }
    }
    return lines.isEmpty() ? new ArrayList<>(List.of(text)) : lines;
  }

  private static byte[] joined(List<byte[]> lines) {
    byte[] text = new byte[lines.stream().mapToInt(line -> line.length).sum()];
    int at = 0;
    for (byte[] line : lines) {
      System.arraycopy(line, 0, text, at, line.length);
      at += line.length;
    }
    return text;
  }

  private static List<byte[]> ofTexts(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
