// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The certificates of a PEM file that a key such as {@code directory.trust} names. */
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Believes them and no others.
     *
     * @throws IOException if the file cannot be read, is no PEM file or holds no certificate; the message names it
     * @throws GeneralSecurityException if this JVM has no TLS
     */
    public static TrustManager[] in(Path pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var certificate : read(pem)) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        if (store.size() == 0) {
            throw new IOException("there is no certificate in " + pem);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static Collection<? extends Certificate> read(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new IOException(
                    "the certificates in " + pem + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        } catch (CertificateException e) {
            throw new IOException("the certificates in " + pem + " are not in PEM form", e);
        }
    }
}
