// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.set.DirectoryAge;
import org.jspecify.annotations.Nullable;

/** How long a forest remembers what was deleted ([MS-ADTS] 6.1.1.2.4.1.1): an older backup must not be restored. */
final class TombstoneLifetime {
    private static final String ATTRIBUTE = "tombstoneLifetime";

    /** Windows takes no less. */
    private static final int LEAST = 2;

    private TombstoneLifetime() {}

    /**
     * Asks. An object that this account cannot see says nothing; one without the attribute says 60.
     *
     * @return days; null if it cannot be read, which keeps nobody from a backup
     */
    static @Nullable Integer days(LDAPConnection connection, RootDse root) {
        try {
            var service = connection.getEntry(
                    "CN=Directory Service,CN=Windows NT,CN=Services," + root.configuration(), ATTRIBUTE, "objectClass");
            if (service == null) {
                return null;
            }
            if (!service.hasAttribute(ATTRIBUTE)) {
                return DirectoryAge.UNSET;
            }
            var days = service.getAttributeValueAsInteger(ATTRIBUTE);
            return days == null ? null : Math.max(LEAST, days);
        } catch (LDAPException e) {
            return null;
        }
    }
}
