// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for the broker and its clients, from files as administrators get them. */
final class BrokerTls {
    private BrokerTls() {}

    /**
     * Believes the certificates of a PEM file and no others.
     *
     * @throws IOException if it cannot be read or holds none
     * @throws GeneralSecurityException if what it holds is no certificate
     */
    static TrustManager[] trust(Path pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(pem)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
        } catch (IOException e) {
            throw new IOException("cannot read " + pem + " (" + e.getClass().getSimpleName() + ")", e);
        }
        if (store.size() == 0) {
            throw new IOException("there is no certificate in " + pem);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    /**
     * A certificate with its key.
     *
     * @throws IOException if the file cannot be read, or not with this password
     * @throws GeneralSecurityException if it holds no key
     */
    static KeyManager[] keys(Broker.KeyFile file) throws IOException, GeneralSecurityException {
        var password = file.password().resolve().toCharArray();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file.file())) {
            store.load(in, password);
        } catch (IOException e) {
            throw new IOException("cannot read " + file.file() + ": " + e.getMessage(), e);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        return managers.getKeyManagers();
    }
}
