package org.qstatmesh.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/**
 * One JSON document from its first byte to its last: opened within limits, read by one shape, and
 * refused if anything follows.
 */
final class WireDocument {
  /** The longest field name; ours have fewer than 30 characters. */
  private static final int MOST_NAME_CHARACTERS = 256;

  private static final int MOST_NUMBER_CHARACTERS = 1_000;

  private WireDocument() {}

  static <T> T read(byte[] bytes, WireLimits limits, FieldReader.Row<T> shape)
      throws WireException {
    if (bytes.length > limits.maxBytes()) {
      throw new WireException(
          WireException.Kind.TOO_LARGE, bytes.length + " bytes are more than " + limits.maxBytes());
    }
    try (JsonParser json = factory(limits).createParser(bytes)) {
      return read(json, limits, shape);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /**
   * Reads to the stream's end and leaves it open; where the document is too long, to one buffer
   * behind the limit. An I/O error of the stream itself comes out as it is.
   */
  static <T> T read(InputStream in, WireLimits limits, FieldReader.Row<T> shape)
      throws WireException, IOException {
    try (JsonParser json = factory(limits).createParser(in)) {
      return read(json, limits, shape);
    } catch (JsonProcessingException | CharConversionException e) {
      throw refusal(e);
    }
  }

  private static <T> T read(JsonParser json, WireLimits limits, FieldReader.Row<T> shape)
      throws IOException, WireException {
    if (!(json instanceof UTF8StreamJsonParser)) {
      // The factory guesses UTF-16 and UTF-32 from zero bytes; the wire is UTF-8 (RFC 8259, 8.1).
      throw malformed("not UTF-8");
    }
    if (json.nextToken() == null) {
      throw malformed("empty");
    }
    FieldReader in = new FieldReader(json, limits);
    T document = shape.read(in);
    in.insist();
    if (json.nextToken() != null) {
      throw malformed("something follows the document");
    }
    return document;
  }

  /**
   * A factory of its own for each document: limits belong to a factory, and so does the table of
   * field names, which a hostile document must not leave full for the next one.
   */
  private static JsonFactory factory(WireLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxStringLength(limits.maxStringLength())
                .maxNameLength(MOST_NAME_CHARACTERS)
                .maxNumberLength(MOST_NUMBER_CHARACTERS)
                .maxDocumentLength(limits.maxBytes())
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  private static WireException malformed(String message) {
    return new WireException(WireException.Kind.MALFORMED, message);
  }

  private static WireException refusal(IOException e) {
    WireException.Kind kind =
        e instanceof StreamConstraintsException
            ? WireException.Kind.TOO_LARGE
            : WireException.Kind.MALFORMED;
    String message = e.getMessage();
    if (e instanceof JsonProcessingException json) {
      message = json.getOriginalMessage();
      if (json.getLocation() != null) {
        message += " at byte " + json.getLocation().getByteOffset();
      }
    }
    return new WireException(kind, PlainMessage.of(String.valueOf(message)), e);
  }
}
