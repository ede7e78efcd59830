package org.qstatmesh.mesh.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.mesh.figures.FiguresVerticle;
import org.qstatmesh.mesh.figures.MeshChange;
import org.qstatmesh.mesh.figures.MeshRates;
import org.qstatmesh.mesh.ops.OpsClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a running mesh does, live: its figures, or the messages of its event bus. */
@Command(
    name = "tail",
    description = {
      "Shows what a running mesh does, until Ctrl-C:",
      "@|bold metrics|@: of each node and address messages per second, what waits, fails and is"
          + " dropped, and how long messages wait for their handler; clusters that fail, nodes"
          + " that fell silent.",
      "@|bold ADDRESS|@: the messages that one node sends or takes at that address of the event bus"
          + " or below it: mesh.snapshot.taken, or mesh for all. They name users and jobs' counts."
    },
    mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {
  private static final String METRICS = "metrics";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "metrics|ADDRESS", description = "What to show.")
  private String what;

  @Option(
      names = {"--node", "--ops"},
      paramLabel = "URL",
      description = "Operators' port that is asked (default: of the node that runs with --data).")
  private URI node;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where ops.token of the node that is asked lies (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Option(names = "--seconds", paramLabel = "N", description = "Ends by itself after so long.")
  private Long seconds;

  @Override
  public Integer call() throws InterruptedException {
    if (seconds != null && seconds < 1) {
      throw new ParameterException(spec.commandLine(), "--seconds: at least 1");
    }
    try {
      OpsClient client = OpsClient.of(data, node);
      return what.equals(METRICS) ? metrics(client) : messages(client);
    } catch (IOException e) {
      spec.commandLine().getErr().println(Printable.escape(e.getMessage()));
      return 1;
    }
  }

  private int metrics(OpsClient client) throws IOException, InterruptedException {
    long untilNanos = seconds == null ? 0 : System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    MetricsTable table = new MetricsTable(ZoneId.systemDefault());
    Screen screen = new Screen(spec.commandLine().getOut(), !json && Screen.isTerminal());
    MeshRates rates = new MeshRates();
    Ticks ticks = new Ticks(FiguresVerticle.PERIOD);
    do {
      MeshChange change = rates.next(client.figures());
      if (json) {
        String object = new String(MeshJson.encode(change), StandardCharsets.UTF_8);
        screen.line(Printable.escapeAll(object));
      } else {
        screen.show(table.lines(change));
      }
    } while (!screen.isClosed() && ticks.next(untilNanos));
    return 0;
  }

  private int messages(OpsClient client) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    MessageLines lines = new MessageLines(json, ZoneId.systemDefault());
    Timer timer = new Timer("tail ends", true);
    TimeLimit limit = new TimeLimit();
    InputStream stream = client.tail(what);
    try (stream;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      if (seconds != null) {
        limit.on(stream);
        timer.schedule(limit, TimeUnit.SECONDS.toMillis(seconds));
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isEmpty()) {
          out.println(lines.of(line));
          out.flush();
        }
        if (out.checkError()) {
          return 0;
        }
      }
    } catch (IOException e) {
      if (!limit.reached()) {
        throw new IOException("the node ended the connection: " + e.getMessage(), e);
      }
    } finally {
      timer.cancel();
    }
    if (!limit.reached()) {
      throw new IOException("the node ended the connection");
    }
    return 0;
  }

  /** Ends a reading that otherwise goes on for ever. */
  private static final class TimeLimit extends TimerTask {
    private volatile InputStream stream;
    private volatile boolean reached;

    void on(InputStream read) {
      stream = read;
    }

    boolean reached() {
      return reached;
    }

    @Override
    public void run() {
      reached = true;
      try {
        stream.close();
      } catch (IOException e) {
        // It ends in either case.
      }
    }
  }
}
