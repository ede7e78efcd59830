package org.qstatmesh.broadcast.browser;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page, in memory, in the forms it is sent in.
 *
 * @param type content type
 * @param plain as it is
 * @param zipped gzip; null where that saves nothing, and before it was made
 * @param tag strong ETag of {@code plain}, quoted
 * @param zippedTag strong ETag of {@code zipped}, quoted
 */
record PageFile(String type, Buffer plain, Buffer zipped, String tag, String zippedTag) {
  private static final Set<String> ALREADY_SMALL =
      Set.of("image/png", "image/x-icon", "font/woff2");
  private static final int DIGEST_CHARACTERS = 32;

  /** A file as it is. */
  static PageFile of(String type, byte[] content) {
    String digest = HexFormat.of().formatHex(sha256(content)).substring(0, DIGEST_CHARACTERS);
    return new PageFile(
        type, Buffer.buffer(content), null, '"' + digest + '"', '"' + digest + "-gz\"");
  }

  /** The same with its smaller form, if there is one. */
  PageFile compressed() {
    if (ALREADY_SMALL.contains(type)) {
      return this;
    }
    byte[] small = gzip(plain.getBytes());
    return small.length < plain.length()
        ? new PageFile(type, plain, Buffer.buffer(small), tag, zippedTag)
        : this;
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 64);
    try (GZIPOutputStream zip = new BestGzip(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  /** Done once at start, sent many times. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
