// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a part is captured. */
public enum Method {
    /** BACKUP DATABASE over JDBC. */
    SQL_NATIVE,
    /** A generated script run by sqlcmd on the server. */
    SQLCMD,
    /** Our own ZIP segments of a folder. */
    ARCHIVE,
    /** Windows Server Backup. */
    WBADMIN,
    /** LDIF by our own paged search over LDAPS. */
    LDIF,
    /** LDIF by Windows' ldifde. */
    LDIFDE,
    /** System state of a domain controller by wbadmin. */
    SYSTEM_STATE,
    /** Media to install a domain controller from, by ntdsutil. */
    IFM,
    /** A snapshot of a domain controller by ntdsutil, which stays there. */
    SNAPSHOT,
    /** A backup of a Samba domain by samba-tool. */
    SAMBA_TOOL,
    /** XML by LCSCmd. */
    LCSCMD,
    /** User data by dbimpexp. */
    DBIMPEXP,
    /** The company's own command. */
    COMMAND,
    /** Another product captures it; we watch, verify and judge its age. */
    OBSERVED,
    /** A person captures it by hand; listed so that nobody forgets it. */
    MANUAL,
    /** What is done to a set as a whole; no part of the site has it. */
    VAULT;

    /** Whether it gives LDIF, which we count, compare and restore objects from. */
    public boolean isLdif() {
        return this == LDIF || this == LDIFDE;
    }

    /** The word as it stands in files and messages, e.g. {@code sql-native}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The method of a word.
     *
     * @throws IllegalArgumentException if there is no such method
     */
    @JsonCreator
    public static Method of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
