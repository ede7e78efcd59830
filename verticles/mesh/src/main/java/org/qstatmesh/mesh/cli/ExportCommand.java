package org.qstatmesh.mesh.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreTool;
import org.qstatmesh.store.export.ExportRequest;
import org.qstatmesh.store.export.ExportRequest.Format;
import org.qstatmesh.store.export.NewFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes history as a table. */
@Command(
    name = "export",
    description =
        "Writes what the history holds between two times as a table for other programs, whether the"
            + " mesh runs or not. Columns: time (UTC), cluster, dimension, key, measure, value; of"
            + " steps the value is the mean, and min and max follow. Names that count 0 are left"
            + " out. A step is there once its hour is over.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final String RAW = "raw";

  /** Lines that somebody read, who wants no more. */
  private static final long ENOUGH = 1;

  private static final int BUFFER_BYTES = 1 << 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      converter = TimeOption.class,
      description =
          "From when on: 2026-11-22, 2026-11-22T16:00 (UTC), with an offset, or seconds since 1970.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      converter = TimeOption.class,
      description = "Until when; what was then is not in it any more.")
  private Instant to;

  @Option(names = "--cluster", paramLabel = "ID", description = "One cluster (default: all).")
  private String cluster;

  @Option(
      names = "--step",
      paramLabel = "raw|SECONDS",
      defaultValue = RAW,
      description = "Every sample, or a step that is kept, such as 300 or 3600 (default: raw).")
  private String step;

  @Option(
      names = "--format",
      paramLabel = "csv|json",
      defaultValue = "csv",
      description = "CSV (RFC 4180) or one JSON array (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "A file that is not there yet, and appears when it is whole (default: standard output).")
  private Path output;

  @Mixin private ConfOption conf;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (!to.isAfter(from)) {
      throw new ParameterException(spec.commandLine(), "--to must be after --from");
    }
    Optional<MeshConfig> config = ConfReading.read(conf.directory(), err);
    if (config.isEmpty()) {
      return ConfReading.CONFIGURATION;
    }
    StoreConfig store = config.get().store().on("export", data.directory());
    ExportRequest request = new ExportRequest(from, to, cluster, stepSeconds(store), format);
    try {
      long lines = output == null ? print(store, request) : write(store, request);
      if (lines == 0) {
        err.println("nothing is kept between these times" + hint(store, request));
      }
      return 0;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private int stepSeconds(StoreConfig store) {
    List<String> kept =
        store.retention().steps().stream().map(s -> String.valueOf(s.seconds())).toList();
    if (step.equals(RAW)) {
      return 0;
    }
    if (!kept.contains(step)) {
      throw new ParameterException(
          spec.commandLine(),
          "no step " + step + " is kept; there are: " + String.join(", ", offered(kept)));
    }
    return Integer.parseInt(step);
  }

  private static List<String> offered(List<String> kept) {
    return Stream.concat(Stream.of(RAW), kept.stream()).toList();
  }

  private static String hint(StoreConfig store, ExportRequest request) {
    return request.stepSeconds() == 0
        ? "; samples are kept for " + store.retention().rawDays() + " days, longer steps longer"
        : "";
  }

  private static long print(StoreConfig store, ExportRequest request) throws IOException {
    StandardOutput out = new StandardOutput();
    try {
      return StoreTool.export(store, request, new BufferedOutputStream(out, BUFFER_BYTES));
    } catch (IOException e) {
      if (out.isClosedByReader()) {
        return ENOUGH;
      }
      throw e;
    }
  }

  private long write(StoreConfig store, ExportRequest request) throws IOException {
    try (NewFile file = NewFile.of(output)) {
      long lines;
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(file.draft()), BUFFER_BYTES)) {
        lines = StoreTool.export(store, request, out);
      }
      file.publish();
      return lines;
    }
  }
}
