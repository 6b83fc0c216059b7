// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.Locale;
import java.util.Set;

/**
 * Attributes that hold passwords, hashes or keys, and are never written: those that [MS-ADTS] 3.1.1.4.4 calls secret
 * (Active Directory itself never sends them), and those of LAPS, BitLocker, credential roaming and managed accounts, which
 * an account with too many rights does get.
 */
final class SecretAttributes {
    private static final Set<String> NAMES = Set.of(
            "unicodepwd",
            "userpassword",
            "unixuserpassword",
            "dbcspwd",
            "lmpwdhistory",
            "ntpwdhistory",
            "supplementalcredentials",
            "currentvalue",
            "priorvalue",
            "initialauthincoming",
            "initialauthoutgoing",
            "trustauthincoming",
            "trustauthoutgoing",
            "peklist",
            "ms-mcs-admpwd",
            "mslaps-password",
            "mslaps-encryptedpassword",
            "mslaps-encryptedpasswordhistory",
            "mslaps-encrypteddsrmpassword",
            "mslaps-encrypteddsrmpasswordhistory",
            "msfve-recoverypassword",
            "msfve-keypackage",
            "msds-managedpassword",
            "msds-executescriptpassword",
            "mspkiaccountcredentials",
            "mspkidpapimasterkeys",
            "sambantpassword",
            "sambalmpassword");

    private SecretAttributes() {}

    /**
     * Takes them out of an entry.
     *
     * @return how many there were
     */
    static int removeFrom(Entry entry) {
        var secret = entry.getAttributes().stream()
                .map(Attribute::getName)
                .filter(SecretAttributes::isSecret)
                .toList();
        secret.forEach(entry::removeAttribute);
        return secret.size();
    }

    /** Whether an attribute is one of them, whatever options its name has. */
    static boolean isSecret(String name) {
        return NAMES.contains(Attribute.getBaseName(name).toLowerCase(Locale.ROOT));
    }
}
