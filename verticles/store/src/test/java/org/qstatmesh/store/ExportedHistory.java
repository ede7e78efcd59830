package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.export.ExportRequest;
import org.qstatmesh.store.export.ExportRequest.Format;
import org.qstatmesh.store.write.SampleWriter;

/** A history without a stage, and its tables as text. */
abstract class ExportedHistory {
  static final Instant NOON = Instant.ofEpochMilli(RunningStore.NOON);
  static final String HEADER = "time,cluster,dimension,key,measure,value";

  @TempDir Path data;

  StoreConfig config() {
    return RunningStore.config(data);
  }

  void store(List<ClusterSummary> samples) throws Exception {
    SampleWriter writer = RunningStore.writer(RunningStore.config(data).database());
    writer.open();
    writer.write(samples.stream().map(SnapshotTaken::new).collect(Collectors.toList()));
    writer.close();
  }

  void insert(Part part, int stepSeconds, long startSeconds, byte[] body) throws Exception {
    try (Connection connection = RunningStore.config(data).database().openForWriting();
        Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO chunk VALUES (1, ?, ?, ?, ?)")) {
      statement.execute("DELETE FROM compacted");
      statement.execute("INSERT INTO compacted VALUES (1, 4000000000)");
      insert.setInt(1, part.code());
      insert.setInt(2, stepSeconds);
      insert.setLong(3, startSeconds);
      insert.setBytes(4, body);
      insert.executeUpdate();
    }
  }

  static ExportRequest request(Instant from, Instant to, String cluster, int step) {
    return new ExportRequest(from, to, cluster, step, Format.CSV);
  }

  List<String> csv(ExportRequest request) throws IOException {
    String text = text(request);
    assertTrue(text.endsWith("\r\n"), "the last line has its end");
    return List.of(text.split("\r\n"));
  }

  String text(ExportRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StoreTool.export(RunningStore.config(data), request, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
