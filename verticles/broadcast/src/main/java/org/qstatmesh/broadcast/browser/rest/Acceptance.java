package org.qstatmesh.broadcast.browser.rest;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which types a request takes, by its Accept header (RFC 9110, 12.5.1). */
final class Acceptance {
  private static final Pattern REFUSAL = Pattern.compile("q\\s*=\\s*0(\\.0{0,3})?");

  private Acceptance() {}

  /**
   * Whether {@code type} is taken: the most specific range that fits it decides. Nothing said takes
   * everything.
   *
   * @param headers every Accept header
   * @param type as {@code text/csv}
   */
  static boolean takes(List<String> headers, String type) {
    String any = type.substring(0, type.indexOf('/')) + "/*";
    int best = 0;
    boolean taken = headers.isEmpty();
    for (String header : headers) {
      for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = range.split(";", -1);
        String name = parts[0].trim();
        int rank = name.equals(type) ? 3 : name.equals(any) ? 2 : name.equals("*/*") ? 1 : 0;
        if (rank > best) {
          best = rank;
          taken = !isRefusal(parts);
        }
      }
    }
    return taken;
  }

  private static boolean isRefusal(String... parts) {
    for (String part : parts) {
      if (REFUSAL.matcher(part.trim()).matches()) {
        return true;
      }
    }
    return false;
  }
}
