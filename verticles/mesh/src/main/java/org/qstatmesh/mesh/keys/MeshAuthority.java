package org.qstatmesh.mesh.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority of one mesh: {@code mesh-ca.key}, which stays where certificates are made, and
 * {@code mesh-ca.crt}, which every node has. Elliptic keys on P-256, signed with SHA-256.
 */
public final class MeshAuthority {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final Duration OWN_VALIDITY = Duration.ofDays(3_653);
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final int SERIAL_BITS = 120;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final Path directory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final PrivateKey key;
  private final X509Certificate certificate;

  private MeshAuthority(Path directory, Clock clock, PrivateKey key, X509Certificate certificate) {
    this.directory = directory;
    this.clock = clock;
    this.key = key;
    this.certificate = certificate;
  }

  /** The files of a node. */
  public record NodeFiles(Path key, Path certificate, Path authority) {}

  /** The authority whose files are in {@code directory}; made, mode 0700, where there is none. */
  public static MeshAuthority in(Path directory, Clock clock)
      throws IOException, GeneralSecurityException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path keyFile = directory.resolve("mesh-ca.key");
    Path certificateFile = certificateFile(directory);
    if (Files.exists(keyFile) != Files.exists(certificateFile)) {
      throw new IOException(
          "only one of "
              + keyFile
              + " and "
              + certificateFile.getFileName()
              + " is there: bring the other back, or remove it to begin anew with all nodes");
    }
    return Files.exists(keyFile)
        ? read(directory, clock, keyFile, certificateFile)
        : made(directory, clock, keyFile, certificateFile);
  }

  private static Path certificateFile(Path directory) {
    return directory.resolve("mesh-ca.crt");
  }

  private static MeshAuthority read(Path directory, Clock clock, Path keyFile, Path certificateFile)
      throws IOException, GeneralSecurityException {
    if (PemFile.read(keyFile) instanceof PrivateKeyInfo key
        && PemFile.read(certificateFile) instanceof X509CertificateHolder certificate) {
      return new MeshAuthority(
          directory,
          clock,
          new JcaPEMKeyConverter().getPrivateKey(key),
          new JcaX509CertificateConverter().getCertificate(certificate));
    }
    throw new IOException(
        keyFile + " and " + certificateFile + " are not a private key and a certificate in PEM");
  }

  private static MeshAuthority made(Path directory, Clock clock, Path keyFile, Path certificateFile)
      throws IOException, GeneralSecurityException {
    KeyPair pair = newPair();
    X500Name name = name("qstat-mesh authority");
    JcaX509v3CertificateBuilder draft =
        draft(name, name, pair.getPublic(), clock, OWN_VALIDITY, new SecureRandom());
    draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    X509Certificate certificate = signed(draft, pair.getPrivate());
    PemFile.write(keyFile, pair.getPrivate());
    PemFile.write(certificateFile, certificate);
    return new MeshAuthority(directory, clock, pair.getPrivate(), certificate);
  }

  /**
   * Makes a node's key and certificate; fails when a file of this name is there.
   *
   * @param node its name, which names the files
   * @param hosts names and addresses it is reached by
   * @param validity how long the certificate holds
   */
  public NodeFiles makeNode(String node, List<String> hosts, Duration validity)
      throws IOException, GeneralSecurityException {
    NodeFiles files =
        new NodeFiles(
            directory.resolve(node + ".key"),
            directory.resolve(node + ".crt"),
            certificateFile(directory));
    KeyPair pair = newPair();
    JcaX509v3CertificateBuilder draft =
        draft(
            new X500Name(certificate.getSubjectX500Principal().getName()),
            name(node),
            pair.getPublic(),
            clock,
            validity,
            random);
    draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    draft.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    draft.addExtension(Extension.subjectAlternativeName, false, names(node, hosts));
    X509Certificate made = signed(draft, key);
    PemFile.write(files.key(), pair.getPrivate());
    PemFile.write(files.certificate(), made);
    return files;
  }

  private static GeneralNames names(String node, List<String> hosts) {
    List<String> all = hosts.isEmpty() ? List.of(node) : hosts;
    return new GeneralNames(
        all.stream()
            .map(
                host ->
                    new GeneralName(
                        ADDRESS.matcher(host).matches()
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }

  private static JcaX509v3CertificateBuilder draft(
      X500Name issuer,
      X500Name subject,
      PublicKey publicKey,
      Clock clock,
      Duration validity,
      SecureRandom random) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
        Date.from(now.minus(CLOCK_SKEW)),
        Date.from(now.plus(validity)),
        subject,
        publicKey);
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder draft, PrivateKey by)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(draft.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("every Java signs with " + SIGNATURE, e);
    }
  }
}
