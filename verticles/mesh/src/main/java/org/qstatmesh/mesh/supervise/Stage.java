package org.qstatmesh.mesh.supervise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The stages, in the order in which they are started: the page first, because people wait for it;
 * whoever consumes before whoever produces. Stopped the other way round.
 */
public enum Stage {
  BROADCAST,
  STORE,
  NOTIFY,
  TUNNEL,
  POLLER;

  /** As people and messages write it: {@code poller}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stage of that label. */
  public static Optional<Stage> of(String label) {
    return Arrays.stream(values()).filter(stage -> stage.label().equals(label)).findFirst();
  }

  /** All labels, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(Stage::label).collect(Collectors.joining(", "));
  }
}
