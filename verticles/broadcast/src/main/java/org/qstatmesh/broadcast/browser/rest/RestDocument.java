package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * The description of this interface.
 *
 * @param json OpenAPI 3.1
 * @param tag its ETag
 */
public record RestDocument(Buffer json, String tag) {
  private static final String RESOURCE = "openapi-v1.json";

  /** Reads it; blocks. */
  public static RestDocument load() throws IOException {
    try (InputStream in = RestDocument.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("no " + RESOURCE + " on the class path");
      }
      byte[] json = in.readAllBytes();
      CRC32C sum = new CRC32C();
      sum.update(json);
      String tag = '"' + Long.toHexString(sum.getValue()) + '"';
      return new RestDocument(Buffer.buffer(json), tag);
    }
  }
}
