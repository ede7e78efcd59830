package org.qstatmesh.wire;

import java.io.IOException;
import java.util.regex.Pattern;

/** The field {@code protocol} of every request and reply. */
final class Protocol {
  static final String FIELD = "protocol";

  /** Minor versions only add fields, so any of them will do. */
  private static final Pattern SPOKEN = Pattern.compile("qstat-mesh/1(\\.[0-9]{1,9})?");

  private Protocol() {}

  /** Reads the protocol's name and refuses, by name, one that this version does not speak. */
  static String read(FieldReader in) throws IOException, WireException {
    String name = in.text();
    in.insist();
    if (name != null && !SPOKEN.matcher(name).matches()) {
      throw new WireException(
          WireException.Kind.FOREIGN_PROTOCOL,
          "protocol is " + PlainMessage.of(name) + ", spoken here is " + WireCodec.PROTOCOL);
    }
    return name;
  }

  /** Notes a document that does not name its protocol. */
  static void require(String name, FieldReader in) {
    if (name == null) {
      in.note("protocol is missing");
    }
  }
}
