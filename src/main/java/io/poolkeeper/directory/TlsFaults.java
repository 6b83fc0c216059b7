// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Finds in a chain of causes why an encrypted connection did not come about. */
final class TlsFaults {
    /** The hint for a URL whose scheme does not fit its port. */
    static final String OTHER_PORT = "ldaps:// is port 636; for port 389 write ldap://, which is made safe by StartTLS";

    private TlsFaults() {}

    /** The fault, if the error is one of TLS or of the host's name. */
    static Optional<StepFault> of(Throwable error, String server) {
        var causes = causes(error);
        return certificate(causes, server, error).or(() -> handshake(causes, server, error));
    }

    private static Optional<StepFault> certificate(List<Throwable> causes, String server, Throwable error) {
        for (var cause : causes) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return permanent(
                        server + ": its certificate is not valid today: " + cause.getMessage(),
                        "renew the domain controller's certificate; is this host's clock right?",
                        error);
            }
        }
        for (var cause : causes) {
            if (cause.getClass().equals(CertificateException.class)) {
                return permanent(
                        server + ": its certificate is for another host: " + cause.getMessage(),
                        "write directory.url with a name that stands in the certificate (subject alternative names)",
                        error);
            }
            if (untrusted(cause)) {
                return permanent(
                        server + ": its certificate is not trusted: " + cause.getMessage(),
                        "name its authority's certificate, or its own, as a PEM file in directory.trust",
                        error);
            }
        }
        return Optional.empty();
    }

    private static boolean untrusted(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException;
    }

    private static Optional<StepFault> handshake(List<Throwable> causes, String server, Throwable error) {
        for (var cause : causes) {
            if (cause instanceof UnknownHostException) {
                return Optional.of(new TransientFault(
                        server + ": its name cannot be resolved",
                        "check the spelling of directory.url, and this host's DNS",
                        error));
            }
            var text = String.valueOf(cause.getMessage());
            if (cause instanceof SSLException && text.contains("Unsupported or unrecognized SSL message")) {
                return permanent(server + ": it does not speak TLS on this port", OTHER_PORT, error);
            }
            if (cause instanceof SSLHandshakeException) {
                return Optional.of(new TransientFault(
                        server + ": no encrypted connection came about: " + text,
                        "has the domain controller a certificate for port 636, and does it offer TLS 1.2? Windows Server"
                                + " 2003 and 2008 do not: use the method ldifde by hand-off there",
                        error));
            }
        }
        return Optional.empty();
    }

    private static Optional<StepFault> permanent(String message, String hint, Throwable error) {
        return Optional.of(new PermanentFault(message, hint, error));
    }

    private static List<Throwable> causes(Throwable error) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = error; cause != null && causes.size() < 20; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
