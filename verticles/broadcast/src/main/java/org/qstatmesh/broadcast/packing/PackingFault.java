package org.qstatmesh.broadcast.packing;

/** A file of the page is written in a way that cannot be packed. */
final class PackingFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PackingFault(String file, int line, String what) {
    super("webroot/" + file + ", line " + line + ": " + what);
  }
}
