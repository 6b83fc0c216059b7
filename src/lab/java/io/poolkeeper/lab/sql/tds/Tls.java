// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.cert.ManageCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The server's certificate and how it is used.
 *
 * @param policy whether connections are encrypted
 * @param context holds the certificate and its key; unused where the policy is NOT_SUPPORTED
 */
public record Tls(TlsPolicy policy, SSLContext context) {
    /** Reads certificate and key out of a PKCS #12 file. */
    public static Tls from(Path keystore, String password, TlsPolicy policy) {
        try (var in = Files.newInputStream(keystore)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Tls(policy, context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("no usable certificate in " + keystore + ": " + e.getMessage(), e);
        }
    }

    /** A certificate that the server made for itself, as SQL Server does where none is installed. One per JVM. */
    public static Tls selfSigned(TlsPolicy policy) {
        return new Tls(policy, SelfSigned.CONTEXT);
    }

    SSLEngine engine() {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        // Wrapped in TDS packets, a handshake of TLS 1.3 fails; servers offer it with TDS 8 only.
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        return engine;
    }

    /** Made once, when first needed: a key takes most of a second. */
    private static final class SelfSigned {
        private static final String PASSWORD = "the lab's own";
        private static final SSLContext CONTEXT = create();

        private static SSLContext create() {
            try {
                var folder = Files.createTempDirectory("poolkeeper-lab-tls");
                var keystore = folder.resolve("server.p12");
                try {
                    generate(keystore);
                    return from(keystore, PASSWORD, TlsPolicy.OFFERED).context();
                } finally {
                    Files.deleteIfExists(keystore);
                    Files.deleteIfExists(folder);
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot make a certificate: " + e.getMessage(), e);
            }
        }

        private static void generate(Path keystore) {
            var said = new ByteArrayOutputStream();
            var result = ManageCertificates.main(
                    null,
                    said,
                    said,
                    "generate-self-signed-certificate",
                    "--keystore",
                    keystore.toString(),
                    "--keystore-type",
                    "PKCS12",
                    "--keystore-password",
                    PASSWORD,
                    "--alias",
                    "server",
                    "--subject-dn",
                    "CN=SSL_Self_Signed_Fallback",
                    "--subject-alternative-name-dns",
                    "localhost",
                    "--subject-alternative-name-ip-address",
                    "127.0.0.1",
                    "--days-valid",
                    "3650");
            if (!result.equals(ResultCode.SUCCESS)) {
                throw new IllegalStateException("cannot make a certificate: " + said.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
