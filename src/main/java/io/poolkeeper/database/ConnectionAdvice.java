// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * What to do about an instance that refuses or does not answer. The old Express instances of a Standard Edition server refuse
 * in many ways, and the driver's texts name none of the remedies: TCP/IP is off after the setup, the port is dynamic, the
 * Browser service that tells it may be stopped, and SQL Server 2005 knows TLS 1.0 only. Decided by message number, by the
 * exception underneath, and by the untranslated words of Java's sockets.
 */
final class ConnectionAdvice {
    private static final int LOGIN_FAILED = 18456;
    private static final int NOT_TRUSTED = 18452;

    private ConnectionAdvice() {}

    /** One sentence for a person. */
    static String of(SqlSource source, SQLException error) {
        for (var message : SqlFaults.chain(error)) {
            if (message.number() == LOGIN_FAILED) {
                return "check user and password of sql." + source.key()
                        + "; does the server allow SQL logins (mixed mode)?"
                        + " the state in its ERRORLOG says more: 58 Windows logins only, 8 wrong password, 5 no such login,"
                        + " 38 no such database";
            }
            if (message.number() == NOT_TRUSTED) {
                return "the server takes Windows logins only: use authentication: windows, ntlm or kerberos";
            }
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            var advice = of(source, cause);
            if (advice != null) {
                return advice;
            }
        }
        return "is the service running, is TCP/IP enabled for the instance, and does the firewall let this host through?";
    }

    private static @org.jspecify.annotations.Nullable String of(SqlSource source, Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "the name " + source.host() + " is not known here: check it, or write the address into sql."
                    + source.key() + ".url";
        }
        if (cause instanceof CertPathBuilderException) {
            return "the server's certificate is not trusted here: import its issuer into Java's trust store, or accept it"
                    + " knowingly with trustServerCertificate=true";
        }
        if (cause instanceof SSLException) {
            return tls(cause);
        }
        // the driver keeps neither a refused nor a silent connection's exception as cause, only its text
        var text = String.valueOf(cause.getMessage());
        var silent = cause instanceof SocketTimeoutException || text.contains("timed out");
        var byName = source.instance().isPresent() && !source.hasPort();
        if (byName && (silent || cause instanceof PortUnreachableException || text.contains("PortUnreachable"))) {
            return "SQL Server Browser does not tell the port of instance "
                    + source.instance().orElse("")
                    + ": start that service and open UDP 1434, or write the instance's port into sql." + source.key()
                    + ".url";
        }
        if (silent || cause instanceof NoRouteToHostException) {
            return "nothing answers at " + source.server()
                    + ": is the host up, and does its firewall let this host through to that port?";
        }
        return cause instanceof ConnectException || text.contains("Connection refused")
                ? "nothing listens at " + source.server()
                        + ": start the service; in SQL Server Configuration Manager enable"
                        + " TCP/IP for the instance and give it a fixed port (an Express instance has a dynamic one)"
                : null;
    }

    /** Java 17 offers TLS 1.2 and newer; SQL Server 2005 never learned those, 2008 and 2008 R2 by an update. */
    private static @org.jspecify.annotations.Nullable String tls(Throwable cause) {
        var text = String.valueOf(cause.getMessage()).toUpperCase(Locale.ROOT);
        return Set.of("TLS10", "TLSV1 ", "PROTOCOL_VERSION", "TLS11").stream().anyMatch(text::contains)
                ? "the server speaks TLS 1.0 only, which Java refuses: update SQL Server 2008 or 2008 R2 for TLS 1.2; for SQL"
                        + " Server 2005 set method: sqlcmd for this instance, or use the scripts of 'script' on that server"
                : null;
    }
}
