package org.qstatmesh.store.word;

import java.nio.charset.StandardCharsets;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.wire.Visibility;

/** What of a summary stays the same for weeks; stored once, as JSON. */
public record About(
    String title,
    String drms,
    String drmsVersion,
    String serverName,
    Visibility visibility,
    long staleAfterMillis) {

  public static About of(ClusterSummary summary) {
    return new About(
        summary.title(),
        summary.drms(),
        summary.drmsVersion(),
        summary.serverName(),
        summary.visibility(),
        summary.staleAfterMillis());
  }

  public static About ofJson(String json) {
    return MeshJson.decode(json.getBytes(StandardCharsets.UTF_8), About.class);
  }

  public String toJson() {
    return new String(MeshJson.encode(this), StandardCharsets.UTF_8);
  }
}
