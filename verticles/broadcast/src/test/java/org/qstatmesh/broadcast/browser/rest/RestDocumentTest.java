package org.qstatmesh.broadcast.browser.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qstatmesh.bus.HistoryQuery;

/** The description says of each route what the router knows of it; bodies are checked elsewhere. */
class RestDocumentTest {
  private static JsonNode document() throws IOException {
    return new ObjectMapper().readTree(RestDocument.load().json().getBytes());
  }

  @Test
  void hasTheRoutesOfTheRouterAndNoOther() throws Exception {
    Set<String> routes = new TreeSet<>();
    for (RestRoute route : RestRoute.values()) {
      routes.add(route.template());
    }
    Set<String> described = new TreeSet<>();
    document().path("paths").fieldNames().forEachRemaining(described::add);
    assertEquals(routes, described);
    assertEquals(RestRoute.ROOT, document().at("/servers/0/url").asText());
    assertTrue(document().path("openapi").asText().startsWith("3.1."));
  }

  @ParameterizedTest
  @EnumSource(RestRoute.class)
  void hasTheParametersOfEachRouteAndNoOther(RestRoute route) throws Exception {
    JsonNode document = document();
    JsonNode get = document.path("paths").path(route.template()).path("get");
    Set<String> inPath = new TreeSet<>();
    Set<String> inQuery = new TreeSet<>();
    for (JsonNode each : get.path("parameters")) {
      JsonNode parameter = resolved(document, each);
      boolean path = parameter.path("in").asText().equals("path");
      (path ? inPath : inQuery).add(parameter.path("name").asText());
    }
    Set<String> braces = new TreeSet<>();
    for (String segment : route.template().split("/", -1)) {
      if (segment.startsWith("{")) {
        braces.add(segment.substring(1, segment.length() - 1));
      }
    }
    assertEquals(braces, inPath);
    Set<String> known = new TreeSet<>();
    route.parameters().forEach(parameter -> known.add(parameter.name()));
    assertEquals(known, inQuery);
    assertEquals(route.isTable(), get.at("/responses/200/content").has("text/csv"));
  }

  @Test
  void everyReferenceLeadsSomewhere() throws Exception {
    JsonNode document = document();
    List<JsonNode> references = document.findValues("$ref");
    assertTrue(references.size() > 50, "found " + references.size());
    for (JsonNode reference : references) {
      assertTrue(document.at(reference.asText().substring(1)).isObject(), () -> "no " + reference);
    }
  }

  @Test
  void wordsAreThoseThatAreUnderstood() throws Exception {
    for (JsonNode parameter :
        document().at("/paths/~1clusters~1{cluster}~1history/get/parameters")) {
      Stream<? extends Enum<?>> constants =
          switch (parameter.path("name").asText()) {
            case "dimension" -> Arrays.stream(HistoryQuery.Dimension.values());
            case "measure" -> Arrays.stream(HistoryQuery.Measure.values());
            default -> Stream.empty();
          };
      List<String> known =
          constants.map(constant -> constant.name().toLowerCase(java.util.Locale.ROOT)).toList();
      for (JsonNode word : parameter.at("/schema/enum")) {
        String constant =
            word.asText().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
        assertTrue(known.contains(constant), word::asText);
      }
    }
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }
}
