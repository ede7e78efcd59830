package org.qstatmesh.broadcast.notify;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One receiver as configured in conf/.
 *
 * @param name what logs and metrics call it, {@code [a-z0-9][a-z0-9-]{0,39}}
 * @param url where it is reached: https, or http on this machine; often a secret itself
 * @param format of the body
 * @param secretFile file whose first line is the key that bodies are signed with, see {@link
 *     HookSecret}; read at each message; null for no signature
 * @param caFile PEM file of the authorities that alone are trusted for it; null for those of the
 *     Java installation
 * @param rules when it is told
 * @param minimumInterval shortest time between two messages of one rule about one cluster
 */
public record HookConfig(
    String name,
    URI url,
    HookFormat format,
    Path secretFile,
    Path caFile,
    List<HookRule> rules,
    Duration minimumInterval) {
  /** Unless conf/ says otherwise. */
  public static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

  /** Copies the list. */
  public HookConfig {
    rules = List.copyOf(rules);
  }

  /** Shows no more of the URL than its host: what follows is often a token. */
  @Override
  public String toString() {
    return "hook " + name + " at " + url.getHost();
  }
}
