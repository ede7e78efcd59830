package org.qstatmesh.it.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.RunningProcess;

/** pyzmq asking a probe, as bench/ask.py does it. */
final class ProbeClient implements AutoCloseable {
  private static final Pattern REPLY = Pattern.compile("reply (\\S+) (\\S+) (\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RunningProcess process;
  private int read;

  /**
   * A reply.
   *
   * @param epochMillis when it came
   * @param tookMillis since it was asked for
   * @param bytes its length
   */
  record Reply(double epochMillis, double tookMillis, long bytes) {}

  private ProbeClient(RunningProcess process) {
    this.process = process;
  }

  /** Asks a probe, that may not be there yet, so many times. */
  static ProbeClient asking(Path directory, int port, String operation, int count)
      throws Exception {
    Path script = directory.resolve("ask-" + operation + "-" + port + ".py");
    Checkout.copyResource("bench/ask.py", script);
    RunningProcess process =
        RunningProcess.start(
            "ask",
            List.of(
                "/usr/bin/python3",
                script.toString(),
                "tcp://127.0.0.1:" + port,
                operation,
                Integer.toString(count)));
    process.awaitLine("ready");
    ProbeClient client = new ProbeClient(process);
    client.read = 1;
    return client;
  }

  /** Blocks until the next reply is there. */
  Reply next() throws InterruptedException {
    Matcher reply = process.awaitLine(REPLY, read++, PATIENCE);
    return new Reply(
        Double.parseDouble(reply.group(1)),
        Double.parseDouble(reply.group(2)),
        Long.parseLong(reply.group(3)));
  }

  @Override
  public void close() {
    process.close();
  }
}
