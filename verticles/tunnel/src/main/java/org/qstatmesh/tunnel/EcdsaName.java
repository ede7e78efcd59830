package org.qstatmesh.tunnel;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/**
 * sshj asks for a key factory by the name ECDSA, which only Bouncy Castle has; the JDK calls its
 * own EC. Without this no ecdsa key, ours or a host's, can be read.
 */
final class EcdsaName extends Provider {
  @Serial private static final long serialVersionUID = 1L;

  private EcdsaName() {
    super("qstat-mesh-ecdsa", "1", "the JDK's EC key factory under the name ECDSA");
    putService(
        new Service(this, "KeyFactory", "ECDSA", JdkEc.class.getName(), null, null) {
          @Override
          public Object newInstance(Object parameter) {
            return new JdkEc();
          }
        });
  }

  /** Behind all other providers; once is enough, more does no harm. */
  static void register() {
    Security.addProvider(new EcdsaName());
  }

  private static final class JdkEc extends KeyFactorySpi {
    private static KeyFactory ec() throws InvalidKeySpecException {
      try {
        return KeyFactory.getInstance("EC");
      } catch (GeneralSecurityException e) {
        throw new InvalidKeySpecException(e);
      }
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return ec().generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return ec().generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec)
        throws InvalidKeySpecException {
      return ec().getKeySpec(key, spec);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      try {
        return ec().translateKey(key);
      } catch (InvalidKeySpecException e) {
        throw new InvalidKeyException(e);
      }
    }
  }
}
