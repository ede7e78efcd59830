package org.qstatmesh.tunnel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hosts field of a known_hosts line: one hashed name, or names with {@code *}, {@code ?} and a
 * leading {@code !}. As in OpenSSH a negated name that matches rules the whole line out.
 */
final class HostPattern {
  private final List<Predicate<String>> accepted = new ArrayList<>();
  private final List<Predicate<String>> ruledOut = new ArrayList<>();

  private HostPattern() {}

  /** Reads the field; throws {@link IllegalArgumentException} that says what is wrong. */
  static HostPattern parse(String field) {
    HostPattern pattern = new HostPattern();
    if (field.startsWith("|")) {
      pattern.accepted.add(hashed(field));
      return pattern;
    }
    for (String name : field.split(",")) {
      if (name.startsWith("!")) {
        pattern.ruledOut.add(wildcard(name.substring(1)));
      } else if (!name.isEmpty()) {
        pattern.accepted.add(wildcard(name));
      }
    }
    return pattern;
  }

  boolean matches(String name) {
    return ruledOut.stream().noneMatch(rule -> rule.test(name))
        && accepted.stream().anyMatch(rule -> rule.test(name));
  }

  private static Predicate<String> wildcard(String name) {
    StringBuilder regex = new StringBuilder();
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString()).asMatchPredicate();
  }

  private static Predicate<String> hashed(String field) {
    String[] parts = field.split("\\|", -1);
    if (parts.length != 4 || !parts[1].equals("1")) {
      throw new IllegalArgumentException("unknown form of hashed name");
    }
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] hash = Base64.getDecoder().decode(parts[3]);
    if (salt.length == 0) {
      throw new IllegalArgumentException("hashed name without salt");
    }
    return name -> MessageDigest.isEqual(hash, hmacSha1(salt, name));
  }

  private static byte[] hmacSha1(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }
}
