// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed. */
final class Trust {
    private static final String HINT =
            "directory.trust must name a PEM file with the certificate of the domain controller or of its authority";

    private Trust() {}

    /**
     * TLS that believes the certificates of a PEM file and no others, or those of the JVM's store if there is no file.
     *
     * @throws PermanentFault if the file cannot be read or holds no certificate
     */
    static SSLContext context(Optional<Path> pem) {
        try {
            if (pem.isEmpty()) {
                return SSLContext.getDefault();
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store(certificates(pem.get())));
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new PermanentFault("TLS cannot be set up: " + e.getMessage(), HINT, e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path pem) {
        try (var in = Files.newInputStream(pem)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new PermanentFault("there is no certificate in " + pem, HINT);
            }
            return certificates;
        } catch (IOException e) {
            throw new PermanentFault(
                    "the certificates in " + pem + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    HINT,
                    e);
        } catch (CertificateException e) {
            throw new PermanentFault("the certificates in " + pem + " are not in PEM form", HINT, e);
        }
    }

    private static KeyStore store(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var certificate : certificates) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        return store;
    }
}
