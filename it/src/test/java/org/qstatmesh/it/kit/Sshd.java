package org.qstatmesh.it.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * OpenSSH's sshd on a loopback port, with keys of its own; it logs in whoever runs the tests. Stop
 * and start keep the port.
 */
public final class Sshd implements AutoCloseable {
  private final Path directory;
  private final int port;
  private RunningProcess process;

  private Sshd(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Makes keys and configuration in {@code directory} and starts it with an ed25519 host key. */
  public static Sshd start(Path directory) throws Exception {
    return start(directory, "ed25519");
  }

  /** As the other, with a host key of this type only. */
  public static Sshd start(Path directory, String hostKeyType) throws Exception {
    Files.createDirectories(directory);
    Sshd sshd = new Sshd(directory, Checkout.freePort());
    makeKey(directory.resolve("host_key"), hostKeyType);
    makeKey(directory.resolve("user_key"), "ed25519");
    makeKey(directory.resolve("stranger_key"), "ed25519");
    sshd.authorize(Files.readString(directory.resolve("user_key.pub")));
    Files.writeString(directory.resolve("sshd_config"), sshd.configuration());
    sshd.trustHostKey();
    sshd.start();
    return sshd;
  }

  private String configuration() {
    return """
        ListenAddress 127.0.0.1:%d
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        UsePAM no
        StrictModes no
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        AllowTcpForwarding yes
        MaxStartups 100
        LogLevel ERROR
        """
        .formatted(port, directory.resolve("host_key"), directory.resolve("authorized_keys"));
  }

  /** Makes a key that nobody lets in yet; its public line lies beside it, in {@code file.pub}. */
  public static Path newKey(Path file) throws Exception {
    makeKey(file, "ed25519");
    return file;
  }

  private static void makeKey(Path file, String type) throws Exception {
    RunningProcess.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString());
  }

  /** Starts it. */
  public void start() throws Exception {
    if (System.getProperty("user.name").equals("root")) {
      // Where sshd locks itself in; Debian's init scripts make it, and nobody ran them.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    process =
        RunningProcess.start(
            "sshd", List.of("/usr/sbin/sshd", "-D", "-e", "-f", directory + "/sshd_config"));
    Eventually.eventually("sshd listens", this::listens);
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("sshd ended: " + process.output());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it and the connections that it serves. */
  public void stop() {
    process.kill();
  }

  /** Stops it and its connections in the middle of whatever they do: no packet comes any more. */
  public void freeze() throws Exception {
    process.freeze();
  }

  /** Lets it go on. */
  public void thaw() throws Exception {
    process.thaw();
  }

  /** From now on it shows another host key; {@link #keepHostKey} puts the old one back. */
  public void swapHostKey() throws Exception {
    stop();
    move("host_key", "host_key.kept");
    move("host_key.pub", "host_key.pub.kept");
    makeKey(directory.resolve("host_key"), "ed25519");
    start();
  }

  /** Shows the first host key again. */
  public void keepHostKey() throws Exception {
    stop();
    move("host_key.kept", "host_key");
    move("host_key.pub.kept", "host_key.pub");
    start();
  }

  private void move(String from, String to) throws IOException {
    Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes the file of known hosts as it should be. */
  public void trustHostKey() throws IOException {
    String key = Files.readString(directory.resolve("host_key.pub"));
    Files.writeString(knownHosts(), "[127.0.0.1]:" + port + " " + key);
  }

  /** Only this line, or these, let anybody in; who is in stays in. */
  public void authorize(String line) throws IOException {
    Files.writeString(directory.resolve("authorized_keys"), line.strip() + "\n");
  }

  /** Closes the connections that it serves; it goes on listening. */
  public void dropConnections() {
    process.killChildren();
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Its own process, whose children serve the connections. */
  public ProcessHandle handle() {
    return ProcessHandle.of(process.pid()).orElseThrow();
  }

  /** A key that it lets in. */
  public Path userKey() {
    return directory.resolve("user_key");
  }

  /** A key that it does not know. */
  public Path strangerKey() {
    return directory.resolve("stranger_key");
  }

  /** Its host key in OpenSSH's format. */
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** What it says of itself. */
  public Path hostKey() {
    return directory.resolve("host_key.pub");
  }

  @Override
  public void close() {
    process.close();
  }
}
