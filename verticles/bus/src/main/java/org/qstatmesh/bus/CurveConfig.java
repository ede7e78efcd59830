package org.qstatmesh.bus;

import java.nio.file.Path;

/**
 * The keys for a probe that lets in only whom it knows (CURVE, ZeroMQ RFC 26). Holds the path to
 * our secret, never the secret.
 *
 * @param serverKey the probe's public key, 40 characters of Z85
 * @param keyFile our own pair, {@code {"publicKey":…,"secretKey":…}}
 */
public record CurveConfig(String serverKey, Path keyFile) {}
