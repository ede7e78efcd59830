package org.qstatmesh.mesh.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * What a node shows the others.
 *
 * @param notBefore from when on it holds
 * @param notAfter until when
 */
public record NodeCertificate(Instant notBefore, Instant notAfter) {

  /**
   * Reads and checks a node's certificate.
   *
   * @throws IOException a file cannot be read, or the certificate is not the authority's or does
   *     not hold at {@code now}; names the file and what to do
   */
  public static NodeCertificate checked(Path certificateFile, Path authorityFile, Instant now)
      throws IOException {
    X509Certificate certificate = read(certificateFile);
    X509Certificate authority = read(authorityFile);
    try {
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IOException(
          certificateFile
              + " was not signed by "
              + authorityFile
              + ": make it where mesh-ca.key lies, with qstat-mesh keys",
          e);
    }
    NodeCertificate dates =
        new NodeCertificate(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    if (now.isBefore(dates.notBefore()) || now.isAfter(dates.notAfter())) {
      throw new IOException(
          "%s holds from %s to %s, and now is %s: renew it with qstat-mesh keys, or set the clock"
              .formatted(certificateFile, dates.notBefore(), dates.notAfter(), now));
    }
    return dates;
  }

  private static X509Certificate read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no certificate in PEM: " + e.getMessage(), e);
    }
  }
}
