package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.broadcast.notify.HookEvent;
import org.qstatmesh.broadcast.notify.HookFormat;
import org.qstatmesh.broadcast.notify.HookRule;
import org.qstatmesh.broadcast.notify.HookSecret;

/** One receiver, by one entry of {@code notify.hooks}; notes what cannot be. */
final class ConfHook {
  private static final JsonArray NOTHING = new JsonArray();
  private static final String EVERYWHERE = "*";

  private final Path directory;
  private final List<ConfProblem> problems;
  private final String file;
  private final String pointer;
  private final Set<String> known;

  /**
   * @param known ids of the clusters that are configured
   */
  ConfHook(
      Path directory, List<ConfProblem> problems, String file, String pointer, Set<String> known) {
    this.directory = directory;
    this.problems = problems;
    this.file = file;
    this.pointer = pointer;
    this.known = known;
  }

  /** Empty when a problem was noted, here or by the schema. */
  Optional<HookConfig> understand(String name, JsonObject hook) {
    Optional<URI> url = Optional.ofNullable(hook.getString("url")).flatMap(this::url);
    Path secretFile = path(hook.getString("secretFile"));
    if (secretFile != null) {
      secretProblem(secretFile).ifPresent(text -> problem("/secretFile", text));
    }
    Path caFile = path(hook.getString("caFile"));
    if (caFile != null) {
      authorityProblem(caFile).ifPresent(text -> problem("/caFile", text));
    }
    List<HookRule> rules = rules(hook.getJsonArray("when", NOTHING));
    Duration interval =
        Duration.ofSeconds(
            hook.getLong("minimumIntervalSeconds", HookConfig.USUAL_INTERVAL.toSeconds()));
    HookFormat format = HookFormat.of(hook.getString("format", "json"));
    return url.map(
        where -> new HookConfig(name, where, format, secretFile, caFile, rules, interval));
  }

  private Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      String host = url.getHost();
      if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
        problem("/url", "must be https://HOST[:PORT]/PATH, without a login and without a #");
      } else if (!isPrivate(url, host)) {
        problem(
            "/url",
            "must be https, or http on this machine: who runs what would cross the network in clear");
      } else {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // The text itself is often a secret, so it is not repeated.
      problem("/url", "is no URL: " + e.getReason());
    }
    return Optional.empty();
  }

  private static boolean isPrivate(URI url, String host) {
    return "https".equals(url.getScheme())
        || ("http".equals(url.getScheme()) && Loopback.isLoopback(host));
  }

  private Path path(String name) {
    return name == null ? null : directory.resolve(name).normalize();
  }

  private static Optional<String> secretProblem(Path path) {
    Optional<String> unsafe = SecretFile.problem(path);
    if (unsafe.isPresent()) {
      return unsafe;
    }
    try {
      return HookSecret.problem(Files.readString(path)).map(text -> path + " " + text);
    } catch (IOException e) {
      return Optional.of(path + " cannot be read: " + e);
    }
  }

  private static Optional<String> authorityProblem(Path path) {
    try (var in = Files.newInputStream(path)) {
      boolean any = !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
      return any ? Optional.empty() : Optional.of(path + " holds no certificate");
    } catch (IOException e) {
      return Optional.of(path + " cannot be read: " + e);
    } catch (GeneralSecurityException e) {
      return Optional.of(path + " holds no certificate in PEM form: " + e.getMessage());
    }
  }

  private List<HookRule> rules(JsonArray when) {
    List<HookRule> rules = new ArrayList<>();
    for (int place = 0; place < when.size(); place++) {
      if (when.getValue(place) instanceof JsonObject rule) {
        rule("/when/" + place, rule).ifPresent(rules::add);
      }
    }
    return rules;
  }

  private Optional<HookRule> rule(String at, JsonObject rule) {
    Optional<HookEvent> event = Optional.ofNullable(rule.getString("event")).flatMap(HookEvent::of);
    if (event.isEmpty()) {
      return Optional.empty(); // The schema has said so.
    }
    boolean down = event.get() == HookEvent.CLUSTER_DOWN || event.get() == HookEvent.CLUSTER_UP;
    boolean jobs = event.get() == HookEvent.JOB_STARTED || event.get() == HookEvent.JOB_FINISHED;
    boolean cores = event.get() == HookEvent.CORES_FREE;
    refuse(at, rule, "afterSeconds", !down, event.get());
    refuse(at, rule, "cores", !cores, event.get());
    refuse(at, rule, "jobOwner", !jobs, event.get());
    require(at, rule, "cores", cores, event.get());
    require(at, rule, "jobOwner", jobs, event.get());
    return Optional.of(
        new HookRule(
            event.get(),
            clusters(at + "/clusters", rule.getJsonArray("clusters", NOTHING)),
            Duration.ofSeconds(rule.getLong("afterSeconds", HookRule.USUAL_AFTER.toSeconds())),
            rule.getInteger("cores", 1),
            rule.getString("jobOwner", "")));
  }

  private void refuse(String at, JsonObject rule, String key, boolean never, HookEvent event) {
    if (never && rule.containsKey(key)) {
      problem(at + "/" + key, "means nothing with \"event\": \"" + event.word() + "\"");
    }
  }

  private void require(String at, JsonObject rule, String key, boolean wanted, HookEvent event) {
    if (wanted && !rule.containsKey(key)) {
      problem(at, "missing: " + key + ", which " + event.word() + " needs");
    }
  }

  /** Empty for everywhere. */
  private Set<String> clusters(String at, JsonArray said) {
    Set<String> clusters = new HashSet<>();
    for (int i = 0; i < said.size(); i++) {
      String cluster = said.getString(i);
      if (!cluster.equals(EVERYWHERE) && !known.contains(cluster)) {
        problem(at + "/" + i, "there is no cluster " + cluster);
      }
      clusters.add(cluster);
    }
    return clusters.contains(EVERYWHERE) ? Set.of() : clusters;
  }

  private void problem(String below, String message) {
    problems.add(new ConfProblem(file, pointer + below, message));
  }
}
