package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;

/**
 * {@code qstat -help}, which asks no server: the first line names the product, {@code SGE 8.1.9},
 * {@code GE 6.2u5}, {@code OGS/GE 2011.11p1}, {@code UGE 8.6.5}.
 */
public final class HelpText {
  private static final Pattern FIRST_LINE =
      Pattern.compile(
          "(?m)^\\s*((?:SGE|GE|OGS/GE|N1GE|OCS|GCS|UGE|AGE) ?[0-9A-Za-z][^\\n]{0,60})$");
  private static final Pattern USAGE = Pattern.compile("usage: qstat", Pattern.CASE_INSENSITIVE);

  private HelpText() {}

  /** Whether a text is the help of Grid Engine's qstat, or the beginning of it. */
  public static boolean isGridEngine(String text) {
    Matcher first = FIRST_LINE.matcher(text);
    return first.lookingAt() && USAGE.matcher(text).find(first.end());
  }

  /**
   * Product and version.
   *
   * @throws UnparsableException when the first line names no Grid Engine
   */
  static String version(Reader in) throws IOException, UnparsableException {
    Lines lines = new Lines(in);
    StringBuilder line = new StringBuilder();
    boolean any = lines.appendNext(line);
    Matcher version = FIRST_LINE.matcher(line);
    if (!any || !version.matches()) {
      throw new UnparsableException("qstat -help does not begin with a version of Grid Engine");
    }
    StringBuilder rest = new StringBuilder();
    while (lines.appendNext(rest)) {
      rest.setLength(0);
    }
    return version.group(1).strip();
  }
}
