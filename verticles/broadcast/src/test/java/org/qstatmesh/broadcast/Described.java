package org.qstatmesh.broadcast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.List;

/**
 * What an OpenAPI document says of bodies, taken strictly: its schemas are closed, so that a field
 * which nobody described is wrong.
 */
final class Described {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "urn:test:described";

  private final Validator validator =
      new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();

  Described(String openApi) throws JsonProcessingException {
    JsonNode schemas = JSON.readTree(openApi).at("/components/schemas");
    close(schemas);
    ObjectNode schema = JSON.createObjectNode().put("$id", ID);
    schema.set("$defs", schemas);
    URI unused =
        validator.registerSchema(
            URI.create(ID), schema.toString().replace("#/components/schemas/", "#/$defs/"));
  }

  private static void close(JsonNode node) {
    node.forEach(Described::close);
    if (node instanceof ObjectNode object && object.path("properties").isObject()) {
      object.put("additionalProperties", false);
    }
  }

  /** What is wrong with a body; nothing when it is as described. */
  List<String> errors(String schema, String body) {
    URI part = URI.create(ID + ":" + schema);
    URI unused = validator.registerSchema(part, "{\"$ref\":\"" + ID + "#/$defs/" + schema + "\"}");
    return validator.validate(part, body).getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }
}
