package org.qstatmesh.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema says what the codec does and what the records hold. */
@Timeout(30)
class SchemaTest {
  private static final String ID = "urn:qstat-mesh:wire:1";
  private static final Map<String, Class<? extends Record>> RECORDS =
      Map.ofEntries(
          Map.entry("snapshot", Snapshot.class),
          Map.entry("collector", CollectorReport.class),
          Map.entry("error", ProbeError.class),
          Map.entry("cost", Cost.class),
          Map.entry("job", Job.class),
          Map.entry("node", Node.class),
          Map.entry("queue", Queue.class),
          Map.entry("detail", JobDetail.class),
          Map.entry("hello", ProbeHello.class),
          Map.entry("backfill", Backfill.class),
          Map.entry("pastSummary", PastSummary.class),
          Map.entry("jobCounts", Summary.Jobs.class),
          Map.entry("slotCounts", Summary.Slots.class),
          Map.entry("gpuCounts", Summary.Gpus.class),
          Map.entry("nodeCounts", Summary.Nodes.class),
          Map.entry("usage", Summary.Usage.class),
          Map.entry("use", Summary.Use.class),
          Map.entry("waiting", Summary.Waiting.class),
          Map.entry("queueCount", Summary.QueueCount.class));

  private JsonNode schema;
  private Validator validator;

  @BeforeEach
  void readSchema() throws IOException {
    try (InputStream in = WireCodec.class.getResourceAsStream("snapshot-v1.schema.json")) {
      schema = new ObjectMapper().readTree(in);
    }
    validator =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    assertEquals(URI.create(ID), validator.registerSchema(schema));
    for (String part : List.of("request", "reply", "snapshot")) {
      URI unused =
          validator.registerSchema(
              URI.create("urn:test:" + part), "{\"$ref\":\"" + ID + "#" + part + "\"}");
    }
  }

  private List<String> errors(String part, String document) {
    Validator.Result result = validator.validate(URI.create("urn:test:" + part), document);
    return result.getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }

  static Stream<String> frames() {
    return Frames.names("").stream();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void goldenFrameIsValid(String name) {
    String part =
        name.contains("request") ? "request" : name.contains("reply") ? "reply" : "snapshot";
    // States of later versions are no states of this one, though the reader gets over them.
    String document =
        Frames.text(name)
            .replace("\"PREEMPTED\"", "\"QUEUED\"")
            .replace("\"SLEEPING\"", "\"FREE\"")
            .replace("\"GROUP\"", "\"OWN\"");
    assertEquals(List.of(), errors(part, document));
  }

  /** A schema to which everything is valid would pass the test above. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reply-snapshot | \"taskCount\":17 | \"taskCount\":0",
        "reply-snapshot | \"slots\":32 | \"slots\":-32",
        "reply-snapshot | \"slots\":32 | \"slots\":2147483648",
        "reply-snapshot | \"slots\":32 | \"slots\":\"32\"",
        "reply-snapshot | \"HELD\" | \"ON_HOLD\"",
        "reply-snapshot | \"PARTIAL\" | \"BUSY\"",
        "reply-snapshot | \"jobOwner\" | \"owner\"",
        "reply-snapshot | \"takenAtEpochMillis\" | \"takenAt\"",
        "reply-snapshot | \"jobs\":[ | \"jobs\":true,\"was\":[",
        "reply-snapshot | [\"n001\",\"n002\"] | [\"n001\",null]",
        "reply-snapshot | qstat-mesh/1 | qstat-mesh/2",
        "reply-unchanged | \"ageMillis\":12345 | \"age\":12345",
        "reply-unchanged | \"unchanged\":true | \"unchanged\":false",
        "reply-error | \"error\" | \"err\"",
        "reply-backfill | \"summaries\" | \"pages\"",
        "reply-backfill | \"snapshotId\":\"b1f3-18\" | \"snapshotId\":\"\"",
        "reply-backfill | \"running\":46 | \"running\":-46",
        "reply-backfill | \"undetermined\":2 | \"unknown\":2",
        "reply-backfill | \"heldJobs\":3 | \"heldJobs\":\"3\"",
        "reply-backfill | \"account\":[ | \"accounts\":[",
        "reply-backfill | \"key\":\"alice\" | \"key\":null",
        "request-job | \"jobId\" | \"job\"",
        "request-hello | \"hello\" | \"HELLO\"",
      })
  void whatTheReaderWouldNotTakeIsInvalid(String name, String sound, String unsound) {
    String frame = Frames.text(name);
    assertTrue(frame.contains(sound), name);
    assertFalse(errors(name.replaceAll("-.*", ""), frame.replace(sound, unsound)).isEmpty());
  }

  static Stream<String> records() {
    return RECORDS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("records")
  void propertiesAreTheRecordsComponentsInTheirOrder(String name) {
    assertEquals(components(RECORDS.get(name)), properties(name));
  }

  @ParameterizedTest
  @MethodSource("records")
  void typesAreTheRecordsTypes(String name) {
    for (RecordComponent component : flattened(RECORDS.get(name))) {
      JsonNode property = property(name, component.getName());
      String type = typeName(property);
      List<String> allowed =
          switch (component.getGenericType().getTypeName()) {
            case "java.lang.String" -> List.of("text", "identifier", "key");
            case "java.lang.Integer" -> List.of("count");
            case "java.lang.Long" -> List.of("amount", "signed");
            case "java.lang.Double", "double" -> List.of("measure");
            case "java.lang.Boolean", "boolean" -> List.of("flag");
            case "java.util.List<java.lang.String>" -> List.of("names");
            case "int" -> List.of("count", "integer", "whole");
            case "long" -> List.of("integer", "amount");
            default ->
                List.of(
                    "array",
                    "job",
                    "error",
                    "cost",
                    "enum",
                    "usage",
                    "jobCounts",
                    "slotCounts",
                    "gpuCounts",
                    "nodeCounts");
          };
      assertTrue(allowed.contains(type), () -> name + "." + component + ": " + type);
    }
  }

  private static String typeName(JsonNode property) {
    JsonNode inner = property.has("anyOf") ? property.get("anyOf").get(0) : property;
    if (inner.has("$ref")) {
      return inner.get("$ref").asText().replace("#/$defs/", "");
    }
    if (inner.has("enum")) {
      return "enum";
    }
    JsonNode type = inner.get("type");
    return type.isArray() ? type.get(0).asText() : type.asText();
  }

  @Test
  void requestHasTheRecordsComponents() {
    List<String> expected = new ArrayList<>(List.of("protocol"));
    expected.addAll(components(ProbeRequest.class));
    assertEquals(expected, properties("request"));
  }

  @Test
  void replyHasOnePropertyForEachAnswer() {
    assertEquals(
        List.of(
            "protocol",
            "id",
            "snapshot",
            "unchanged",
            "ageMillis",
            "snapshotId",
            "takenAtEpochMillis",
            "error",
            "detail",
            "hello",
            "backfill"),
        properties("reply"));
    assertEquals(
        ProbeReply.class.getPermittedSubclasses().length, schema.at("/$defs/reply/oneOf").size());
  }

  @Test
  void enumsAreTheEnums() {
    assertEquals(names(JobState.values()), values("job", "jobState"));
    assertEquals(names(NodeState.values()), values("node", "nodeState"));
    assertEquals(names(Visibility.values()), values("snapshot", "visibility"));
    assertEquals(names(Visibility.values()), values("hello", "visibility"));
    assertEquals(
        names(ProbeRequest.Op.values()).stream().map(n -> n.toLowerCase(Locale.ROOT)).toList(),
        values("request", "op"));
    List<String> codes = new ArrayList<>();
    property("error", "code").get("examples").forEach(code -> codes.add(code.asText()));
    assertEquals(names(ProbeErrorCode.values()), codes);
  }

  @Test
  void boundsAreTheBounds() {
    assertEquals(Summary.MAX_KEY_LENGTH + 1, schema.at("/$defs/key/maxLength").asInt());
    assertEquals(Summary.MAX_KEYS + 1, property("usage", "user").get("maxItems").asInt());
    assertEquals(
        Summary.MAX_REASONS + 1, property("pastSummary", "waiting").get("maxItems").asInt());
  }

  /** Whoever writes a probe in another language has nothing but this. */
  @Test
  void everyObjectIsOpenAndEveryPropertyExplained() {
    schema
        .get("$defs")
        .fields()
        .forEachRemaining(
            definition -> {
              JsonNode shape = definition.getValue();
              if (!shape.has("properties")) {
                return;
              }
              assertTrue(shape.get("additionalProperties").asBoolean(), definition.getKey());
              assertTrue(shape.has("description"), definition.getKey());
              shape
                  .get("properties")
                  .fields()
                  .forEachRemaining(
                      property -> {
                        String reference = property.getValue().path("$ref").asText("#/nowhere");
                        JsonNode referred = schema.at(reference.substring(1));
                        assertTrue(
                            property.getValue().has("description") || referred.has("description"),
                            definition.getKey() + "." + property.getKey());
                      });
            });
  }

  /** The components; those of a past summary's counts in the place of the counts. */
  private static List<RecordComponent> flattened(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component ->
                component.getType() == Summary.class
                    ? Arrays.stream(Summary.class.getRecordComponents())
                    : Stream.of(component))
        .toList();
  }

  private static List<String> components(Class<? extends Record> type) {
    return flattened(type).stream().map(RecordComponent::getName).toList();
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }

  private List<String> properties(String definition) {
    List<String> names = new ArrayList<>();
    schema.at("/$defs/" + definition + "/properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode property(String definition, String name) {
    return schema.at("/$defs/" + definition + "/properties/" + name);
  }

  private List<String> values(String definition, String name) {
    List<String> values = new ArrayList<>();
    property(definition, name)
        .get("enum")
        .forEach(
            value -> {
              if (!value.isNull()) {
                values.add(value.asText());
              }
            });
    return values;
  }
}
