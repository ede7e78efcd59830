package org.qstatmesh.mesh.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;

/** JSON as it should be written by hand: an object, no key twice, nothing after its end. */
final class StrictJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  static JsonObject parse(String file, String text) throws ConfException {
    try {
      LinkedHashMap<String, Object> map = MAPPER.readValue(text, new TypeReference<>() {});
      if (map == null) {
        throw new ConfException(List.of(new ConfProblem(file, "", "must be an object, is null")));
      }
      return new JsonObject(map);
    } catch (MismatchedInputException e) {
      throw new ConfException(List.of(new ConfProblem(file, "", "must be an object")));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new ConfException(
          List.of(new ConfProblem(file, where, ConfProblem.NO_JSON + ": " + words(e))));
    }
  }

  /** Jackson adds where the object began, and that it may not show what is there. */
  private static String words(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    int aside = message.indexOf(" (start marker at ");
    return aside < 0 ? message : message.substring(0, aside);
  }
}
