// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.nio.file.Path;
import java.util.Optional;

/** How the domain controller comes to know who asks. Either way nothing is sent before the connection is encrypted. */
public sealed interface DirectoryLogin {
    /** A name and a password: a simple bind. */
    record Simple(String bindDn, SecretRef password) implements DirectoryLogin {}

    /**
     * A Kerberos ticket that somebody else got and renews: a SASL bind by GSSAPI (RFC 4752).
     *
     * @param ticketCache the file that holds it; absent for the cache of the account that runs the program
     */
    record Kerberos(Optional<Path> ticketCache) implements DirectoryLogin {}
}
