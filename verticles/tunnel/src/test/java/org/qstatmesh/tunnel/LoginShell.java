package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;

/** Runs what a test wants for each command that a login asks for, as sshd runs a shell. */
final class LoginShell implements CommandFactory {
  /** What a command does; it ends with the code that this returns. */
  interface Program {
    int run(String words, InputStream in, OutputStream out, OutputStream err) throws IOException;
  }

  /** Sends back what it gets, and ends when that does. */
  static final Program ECHO =
      (words, in, out, err) -> {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          out.write(buffer, 0, read);
          out.flush();
        }
        return 0;
      };

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private volatile Program program = ECHO;

  void does(Program next) {
    program = next;
  }

  /** Commands that were started until now. */
  int started() {
    return started.get();
  }

  /** Commands that have not ended. */
  int running() {
    return running.get();
  }

  @Override
  public Command createCommand(ChannelSession channel, String words) {
    return new Run(words, program);
  }

  private final class Run implements Command {
    private final String words;
    private final Program program;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;

    Run(String words, Program program) {
      this.words = words;
      this.program = program;
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      started.incrementAndGet();
      running.incrementAndGet();
      Thread thread = new Thread(this::run, "login-shell");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      int code = 255;
      try {
        code = program.run(words, in, out, err);
        out.flush();
        err.flush();
      } catch (IOException e) {
        // The channel was closed under it.
      } finally {
        running.decrementAndGet();
        exit.onExit(code);
      }
    }

    @Override
    public void destroy(ChannelSession channel) {
      // Its streams are closed, which ends it.
    }
  }
}
