package org.qstatmesh.store.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.word.RecentTexts;

/**
 * Writes the history as a table, window by window: in memory is what one window of one cluster
 * holds. Lines are sorted by cluster, then by window, then by dimension, measure and key, then by
 * time. A key that has no line at a time was 0 in it if its dimension was known then; counts of
 * slots, jobs, nodes and GPUs are written though they are 0. Blocks. One export an object.
 */
public final class HistoryExport {
  private static final int CACHED_WORDS = 10_000;
  private static final MathContext MEAN = MathContext.DECIMAL32;

  private final ExportRequest request;
  private final HistoryWindows windows;
  private final ExportTable table;
  private final RecentTexts<WordKey> words = new RecentTexts<>(CACHED_WORDS);
  private long lines;

  private record WordKey(int cluster, Part part, int number) {}

  private HistoryExport(ExportRequest request, HistoryWindows windows, ExportTable table) {
    this.request = request;
    this.windows = windows;
    this.table = table;
  }

  /**
   * Writes the table to {@code out} and flushes it.
   *
   * @return how many lines it has
   * @throws IOException {@code out} fails, or what is wanted is not there; the message says what
   */
  public static long write(DataSource source, ExportRequest request, OutputStream out)
      throws IOException, SQLException {
    try (Connection connection = source.getConnection()) {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      ExportTable table =
          switch (request.format()) {
            case CSV -> new CsvTable(writer, request.stepSeconds() > 0);
            case JSON -> new JsonTable(writer);
          };
      HistoryWindows windows = new HistoryWindows(connection, request.stepSeconds());
      HistoryExport export = new HistoryExport(request, windows, table);
      export.writeAll();
      writer.flush();
      return export.lines;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeAll() throws IOException, SQLException {
    Map<String, Integer> clusters = chosen(windows.clusters());
    table.begin();
    for (Map.Entry<String, Integer> cluster : clusters.entrySet()) {
      writeCluster(cluster.getKey(), cluster.getValue());
    }
    table.end();
  }

  private Map<String, Integer> chosen(Map<String, Integer> all) throws IOException {
    String wanted = request.cluster();
    if (wanted == null) {
      return all;
    }
    if (!all.containsKey(wanted)) {
      throw new IOException(
          "the history knows no cluster "
              + wanted
              + "; it knows: "
              + String.join(", ", all.keySet()));
    }
    return Map.of(wanted, all.get(wanted));
  }

  private void writeCluster(String id, int cluster) throws IOException, SQLException {
    OptionalLong next = windows.next(cluster, windows.floor(request.from().getEpochSecond()));
    while (next.isPresent() && next.getAsLong() * 1_000 < request.to().toEpochMilli()) {
      long start = next.getAsLong();
      try {
        for (Map.Entry<Part, byte[]> entry : windows.read(cluster, start).entrySet()) {
          ChunkReader chunk = ChunkReader.of(entry.getValue());
          writeChunk(id, cluster, entry.getKey(), start * 1_000, chunk);
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "cluster %s, %s: %s".formatted(id, Instant.ofEpochSecond(start), e.getMessage()), e);
      }
      next = windows.next(cluster, start + windows.spanSeconds());
    }
  }

  private void writeChunk(String id, int cluster, Part part, long startMillis, ChunkReader chunk)
      throws IOException, SQLException {
    int first = firstPoint(chunk, request.from().toEpochMilli() - startMillis);
    int end = firstPoint(chunk, request.to().toEpochMilli() - startMillis);
    if (first == end) {
      return;
    }
    String[] times = new String[end];
    for (int i = first; i < end; i++) {
      times[i] = Instant.ofEpochMilli(startMillis + chunk.offsetMillis(i)).toString();
    }
    List<String> measures = PartNames.measures(part);
    for (int measure = 0; measure < measures.size(); measure++) {
      Column column = new Column(chunk, times, first, !PartNames.hasKeys(part));
      String name = measures.get(measure);
      chunk.forEachKey(
          measure,
          (key, last, sum, min, max) -> {
            table.series(id, PartNames.dimension(part), word(cluster, part, key), name);
            column.write(last, sum, min, max);
          });
      if (!PartNames.hasKeys(part) && !column.written) {
        // A measure that is 0 throughout is not in a chunk.
        long[] zeros = new long[chunk.points()];
        table.series(id, PartNames.dimension(part), null, name);
        column.write(zeros, zeros, zeros, zeros);
      }
    }
  }

  /** Number of the first point that is not before {@code offsetMillis}. */
  private static int firstPoint(ChunkReader chunk, long offsetMillis) {
    int point = 0;
    while (point < chunk.points() && chunk.offsetMillis(point) < offsetMillis) {
      point++;
    }
    return point;
  }

  private String word(int cluster, Part part, int number) {
    if (!PartNames.hasKeys(part)) {
      return null;
    }
    WordKey key = new WordKey(cluster, part, number);
    if (!words.knows(key)) {
      try {
        words.put(key, windows.word(cluster, part, number));
      } catch (SQLException e) {
        throw new UncheckedIOException(new IOException("a name cannot be read: " + e, e));
      }
    }
    return words.get(key);
  }

  /** The points of a measure that are wanted, key by key. */
  private final class Column {
    private final ChunkReader chunk;
    private final String[] times;
    private final int first;
    private final boolean zerosToo;
    private boolean written;

    Column(ChunkReader chunk, String[] times, int first, boolean zerosToo) {
      this.chunk = chunk;
      this.times = times;
      this.first = first;
      this.zerosToo = zerosToo;
    }

    void write(long[] last, long[] sum, long[] min, long[] max) {
      written = true;
      try {
        for (int i = first; i < times.length; i++) {
          if (zerosToo || max[i] != 0) {
            lines++;
            if (request.stepSeconds() == 0) {
              table.line(times[i], Long.toString(last[i]));
            } else {
              table.line(times[i], mean(sum[i], chunk.samples(i)), min[i], max[i]);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** To seven digits. */
  private static String mean(long sum, int samples) {
    if (sum % samples == 0) {
      return Long.toString(sum / samples);
    }
    return BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(samples), MEAN).toPlainString();
  }
}
