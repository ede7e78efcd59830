package org.qstatmesh.broadcast.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key to sign messages with, in the form of the Standard Webhooks specification 1.0: {@code
 * whsec_} and the base64 of 24 to 64 random bytes. {@code echo whsec_$(openssl rand -base64 32)}
 * makes one.
 */
public final class HookSecret {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final byte[] key;

  private HookSecret(byte[] key) {
    this.key = key;
  }

  /** What is wrong with a secret's file that holds {@code text}, if anything. */
  public static Optional<String> problem(String text) {
    try {
      int length = parse(text).key.length;
      return length < LEAST_BYTES || length > MOST_BYTES
          ? Optional.of(
              "holds %d bytes behind whsec_; %d to %d are wanted"
                  .formatted(length, LEAST_BYTES, MOST_BYTES))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Reads the first line of a secret's file; throws {@link IllegalArgumentException} that says what
   * is wrong and nothing of the secret.
   */
  static HookSecret parse(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    if (!line.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "must begin with whsec_: echo whsec_$(openssl rand -base64 32)");
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(line.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no base64 behind whsec_", e);
    }
    return new HookSecret(key);
  }

  /** The value of {@code webhook-signature}. */
  String sign(String id, long timestampEpochSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestampEpochSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      // Every Java must have this one.
      throw new IllegalStateException(e);
    }
  }
}
