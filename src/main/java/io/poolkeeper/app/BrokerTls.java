// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** What the broker and its clients show of themselves, from files as administrators get them. */
final class BrokerTls {
    private BrokerTls() {}

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
