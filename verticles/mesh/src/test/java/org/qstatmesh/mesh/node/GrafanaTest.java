package org.qstatmesh.mesh.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.mesh.ops.OpsClient;

/** The dashboard and the rules of conf/grafana ask for nothing that a node does not tell. */
@Timeout(120)
class GrafanaTest {
  private static final Path CONF = Path.of("../../conf/grafana");
  private static final Pattern NAME =
      Pattern.compile("\\b((?:qstatmesh|vertx|jvm|process)_\\w+)(?:\\{([^}]*)\\})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

  /** Prometheus puts these on what it scrapes. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  @TempDir Path directory;

  @Test
  void whatTheyNameIsInAScrape() throws Exception {
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Path data = directory.resolve("data");
    Files.writeString(
        conf.resolve("mesh.json"),
        "{\"web\":{\"port\":0},\"ops\":{\"port\":0},"
            + "\"clusters\":{\"away\":{\"probe\":\"tcp://127.0.0.1:9\",\"ssh\":null}}}");
    Set<String> expressions = new TreeSet<>(dashboard());
    expressions.addAll(rules());
    assertTrue(expressions.size() > 30, expressions::toString);
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      OpsClient ops = OpsClient.of(data, null);
      long until = System.nanoTime() + 60_000_000_000L;
      List<String> missing = List.of("nothing was scraped yet");
      while (!missing.isEmpty()) {
        // A question that is not answered is a meter that is there from then on.
        assertTrue(get(node.pageUrl() + "api/v1/clusters/away/jobs/1") >= 400);
        missing = missing(expressions, labels(ops.call("GET", "/metrics")));
        if (System.nanoTime() > until) {
          assertEquals(List.of(), missing);
        }
      }
      // One series for all clusters.
      String metrics = ops.call("GET", "/metrics");
      assertTrue(metrics.contains("{address=\"mesh.job.query\""), metrics);
      assertFalse(metrics.contains("mesh.job.query.away"), metrics);
    }
  }

  @Test
  void everyRuleHasWordsForAPerson() throws Exception {
    String text = Files.readString(CONF.resolve("alerts.yml"));
    int rules = count(text, "- alert: QstatMesh");
    assertTrue(rules >= 8, text);
    for (String key : List.of("expr: ", "labels: {severity: ", "summary: \"", "description: \"")) {
      assertEquals(rules, count(text, key), key);
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static Set<String> dashboard() throws IOException {
    Set<String> expressions = new TreeSet<>();
    JsonNode dashboard =
        new ObjectMapper().readTree(Files.readString(CONF.resolve("qstat-mesh.json")));
    for (JsonNode panel : dashboard.path("panels")) {
      panel.path("targets").forEach(target -> expressions.add(target.path("expr").asText()));
    }
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      String query = variable.path("query").path("query").asText();
      Matcher values = Pattern.compile("label_values\\((\\w+), (\\w+)\\)").matcher(query);
      if (values.matches()) {
        expressions.add("max by (%s) (%s)".formatted(values.group(2), values.group(1)));
      }
    }
    return expressions;
  }

  private static List<String> rules() throws IOException {
    return Files.readAllLines(CONF.resolve("alerts.yml")).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("expr: "))
        .map(line -> line.substring("expr: ".length()))
        .toList();
  }

  /** The labels of each series of a scrape, by the name of the series. */
  private static Map<String, Set<String>> labels(String scrape) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (String line : scrape.lines().filter(one -> !one.startsWith("#")).toList()) {
      Set<String> own =
          labels.computeIfAbsent(line.split("[{ ]", 2)[0], name -> new HashSet<>(OF_PROMETHEUS));
      Matcher label = LABEL.matcher(line);
      while (label.find()) {
        own.add(label.group(1));
      }
    }
    return labels;
  }

  private static List<String> missing(Set<String> expressions, Map<String, Set<String>> scraped) {
    List<String> missing = new ArrayList<>();
    for (String expression : expressions) {
      Matcher name = NAME.matcher(expression);
      while (name.find()) {
        Set<String> there = scraped.get(name.group(1));
        Set<String> wanted = new TreeSet<>();
        addAll(wanted, LABEL, name.group(2) == null ? "" : name.group(2));
        addAll(wanted, GROUPED, expression);
        if (there == null) {
          missing.add(name.group(1));
        } else if (!there.containsAll(wanted)) {
          missing.add(name.group(1) + " has " + there + " and not " + wanted);
        }
      }
    }
    return missing;
  }

  private static void addAll(Set<String> words, Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      words.addAll(List.of(matcher.group(1).split(", ")));
    }
  }

  private static int get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
