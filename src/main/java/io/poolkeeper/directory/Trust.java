// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.site.TrustedCertificates;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

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
            var context = SSLContext.getInstance("TLS");
            context.init(null, TrustedCertificates.in(pem.get()), null);
            return context;
        } catch (IOException e) {
            throw new PermanentFault(String.valueOf(e.getMessage()), HINT, e);
        } catch (GeneralSecurityException e) {
            throw new PermanentFault("TLS cannot be set up: " + e.getMessage(), HINT, e);
        }
    }
}
