// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import static io.poolkeeper.lab.sql.session.SqlType.BIGINT;
import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.SMALLINT;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.UNIQUEIDENTIFIER;
import static io.poolkeeper.lab.sql.session.SqlType.numeric;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;
import static io.poolkeeper.lab.sql.session.SqlType.varbinary;

import io.poolkeeper.lab.sql.engine.InfoTable;
import io.poolkeeper.lab.sql.engine.ServerTime;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.SetType;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.session.SqlType;
import java.math.BigDecimal;
import java.util.UUID;

/** RESTORE HEADERONLY: one row for each set, with the columns of each version. */
final class HeaderColumns {
    private static final SqlType LSN = numeric(25, 0);
    private static final int WITH_CHECKSUMS = 16;
    private static final int SINGLE_USER = 8;
    private static final int NO_RECOVERY = 256;
    private static final int DISK = 2;
    private static final int MICROSOFT = 4608;

    private HeaderColumns() {}

    /** The columns of a version, in order. */
    static InfoTable<BackupSet> of(ServerVersion version) {
        var table = new InfoTable<BackupSet>();
        identity(table);
        origin(table);
        log(table);
        rest(table);
        if (version.atLeast(10)) {
            table.add("CompressedBackupSize", BIGINT, BackupSet::storedBytes);
        }
        if (version.atLeast(11)) {
            table.add("containment", TINYINT, set -> 0);
        }
        if (version.atLeast(12)) {
            table.add("KeyAlgorithm", nvarchar(32), set -> null)
                    .add("EncryptorThumbprint", varbinary(20), set -> null)
                    .add("EncryptorType", nvarchar(32), set -> null);
        }
        if (version.atLeast(16)) {
            table.add("LastValidRestoreTime", DATETIME, set -> null)
                    .add("TimeZone", nvarchar(32), set -> ServerTime.quartersFromUtc())
                    .add(
                            "CompressionAlgorithm",
                            nvarchar(32),
                            set -> set.options().compressed() ? "MS_XPRESS" : null);
        }
        return table;
    }

    /** The bits of the column Flags that the lab knows. */
    static int flags(BackupSet set) {
        return (set.options().checksums() ? WITH_CHECKSUMS : 0)
                | (set.origin().singleUser() ? SINGLE_USER : 0)
                | (set.options().noRecovery() ? NO_RECOVERY : 0);
    }

    private static void identity(InfoTable<BackupSet> table) {
        table.add(
                        "BackupName",
                        nvarchar(128),
                        set -> set.extent().complete() ? set.set().name() : "*** INCOMPLETE ***")
                .add("BackupDescription", nvarchar(255), set -> set.set().description())
                .add(
                        "BackupType",
                        SMALLINT,
                        set -> set.extent().complete() ? set.set().type().code() : null)
                .add("ExpirationDate", DATETIME, set -> null)
                .add("Compressed", TINYINT, set -> set.options().compressed() ? 1 : 0)
                .add("Position", SMALLINT, set -> set.set().position())
                .add("DeviceType", TINYINT, set -> DISK)
                .add("UserName", nvarchar(128), set -> set.set().userName());
    }

    private static void origin(InfoTable<BackupSet> table) {
        table.add("ServerName", nvarchar(128), set -> set.origin().serverName())
                .add("DatabaseName", nvarchar(128), set -> set.origin().databaseName())
                .add("DatabaseVersion", INT, set -> set.origin().databaseVersion())
                .add("DatabaseCreationDate", DATETIME, set -> set.origin().databaseCreated())
                .add(
                        "BackupSize",
                        numeric(20, 0),
                        set -> BigDecimal.valueOf(set.extent().contentBytes()));
    }

    private static void log(InfoTable<BackupSet> table) {
        table.add("FirstLSN", LSN, set -> BigDecimal.valueOf(set.log().first()))
                .add("LastLSN", LSN, set -> BigDecimal.valueOf(set.log().last()))
                .add("CheckpointLSN", LSN, set -> BigDecimal.valueOf(set.log().checkpoint()))
                .add(
                        "DatabaseBackupLSN",
                        LSN,
                        set -> BigDecimal.valueOf(set.log().databaseBackup()))
                .add("BackupStartDate", DATETIME, set -> set.extent().started())
                .add("BackupFinishDate", DATETIME, set -> set.extent().finished());
    }

    private static void rest(InfoTable<BackupSet> table) {
        table.add("SortOrder", SMALLINT, set -> 52)
                .add("CodePage", SMALLINT, set -> 0)
                .add("UnicodeLocaleId", INT, set -> 1033)
                .add("UnicodeComparisonStyle", INT, set -> 196609)
                .add("CompatibilityLevel", TINYINT, set -> set.origin().compatibilityLevel())
                .add("SoftwareVendorId", INT, set -> MICROSOFT)
                .add("SoftwareVersionMajor", INT, set -> set.origin().major())
                .add("SoftwareVersionMinor", INT, set -> set.origin().minor())
                .add("SoftwareVersionBuild", INT, set -> set.origin().build())
                .add("MachineName", nvarchar(128), set -> set.origin().machineName())
                .add("Flags", INT, HeaderColumns::flags)
                .add("BindingID", UNIQUEIDENTIFIER, set -> set.origin().databaseGuid())
                .add("RecoveryForkID", UNIQUEIDENTIFIER, set -> set.log().lastFork())
                .add("Collation", nvarchar(128), set -> set.origin().collation())
                .add("FamilyGUID", UNIQUEIDENTIFIER, set -> set.origin().familyGuid())
                .add("HasBulkLoggedData", BIT, set -> false)
                .add("IsSnapshot", BIT, set -> false)
                .add("IsReadOnly", BIT, set -> false)
                .add("IsSingleUser", BIT, set -> set.origin().singleUser())
                .add("HasBackupChecksums", BIT, set -> set.options().checksums())
                .add("IsDamaged", BIT, set -> false)
                .add("BeginsLogChain", BIT, set -> set.log().beginsChain())
                .add("HasIncompleteMetaData", BIT, set -> false)
                .add("IsForceOffline", BIT, set -> set.options().noRecovery())
                .add("IsCopyOnly", BIT, set -> set.options().copyOnly())
                .add("FirstRecoveryForkID", UNIQUEIDENTIFIER, set -> set.log().firstFork())
                .add("ForkPointLSN", LSN, set -> null)
                .add("RecoveryModel", nvarchar(60), set -> set.origin().recoveryModel())
                .add(
                        "DifferentialBaseLSN",
                        LSN,
                        set -> differential(set, BigDecimal.valueOf(set.log().differentialBase())))
                .add("DifferentialBaseGUID", UNIQUEIDENTIFIER, set -> set.log().differentialBaseId())
                .add(
                        "BackupTypeDescription",
                        nvarchar(60),
                        set -> set.set().type().description())
                .add("BackupSetGUID", UNIQUEIDENTIFIER, set -> set.set().id());
    }

    private static Object differential(BackupSet set, Object value) {
        return set.set().type() == SetType.DIFFERENTIAL ? value : null;
    }

    /** The identifier that stands where there is none. */
    static UUID nobody() {
        return new UUID(0, 0);
    }
}
