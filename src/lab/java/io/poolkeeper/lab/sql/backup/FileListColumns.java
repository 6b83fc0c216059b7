// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import static io.poolkeeper.lab.sql.session.SqlType.BIGINT;
import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.UNIQUEIDENTIFIER;
import static io.poolkeeper.lab.sql.session.SqlType.character;
import static io.poolkeeper.lab.sql.session.SqlType.numeric;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;
import static io.poolkeeper.lab.sql.session.SqlType.varbinary;

import io.poolkeeper.lab.sql.engine.InfoTable;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.StoredFile;
import io.poolkeeper.lab.sql.session.ServerVersion;
import java.math.BigDecimal;

/** RESTORE FILELISTONLY: one row for each file of the database, with the columns of each version. */
final class FileListColumns {
    private static final long UNLIMITED_DATA = 35184372080640L;
    private static final long UNLIMITED_LOG = 2199023255552L;

    private FileListColumns() {}

    static InfoTable<StoredFile> of(ServerVersion version, BackupSet set) {
        var table = new InfoTable<StoredFile>()
                .add("LogicalName", nvarchar(128), StoredFile::logicalName)
                .add("PhysicalName", nvarchar(260), StoredFile::physicalName)
                .add("Type", character(1), file -> file.log() ? "L" : "D")
                .add("FileGroupName", nvarchar(128), file -> file.log() ? null : "PRIMARY")
                .add("Size", numeric(20, 0), file -> BigDecimal.valueOf(file.size()))
                .add("MaxSize", numeric(20, 0), file -> BigDecimal.valueOf(file.log() ? UNLIMITED_LOG : UNLIMITED_DATA))
                .add("FileID", BIGINT, file -> (long) file.id())
                .add("CreateLSN", numeric(25, 0), file -> BigDecimal.ZERO)
                .add("DropLSN", numeric(25, 0), file -> BigDecimal.ZERO)
                .add("UniqueID", UNIQUEIDENTIFIER, StoredFile::guid)
                .add("ReadOnlyLSN", numeric(25, 0), file -> BigDecimal.ZERO)
                .add("ReadWriteLSN", numeric(25, 0), file -> BigDecimal.ZERO)
                .add(
                        "BackupSizeInBytes",
                        BIGINT,
                        file -> file.log() ? 0L : set.extent().contentBytes())
                .add("SourceBlockSize", INT, file -> 512)
                .add("FileGroupID", INT, file -> file.log() ? 0 : 1)
                .add("LogGroupGUID", UNIQUEIDENTIFIER, file -> null)
                .add(
                        "DifferentialBaseLSN",
                        numeric(25, 0),
                        file -> BigDecimal.valueOf(set.log().differentialBase()))
                .add("DifferentialBaseGUID", UNIQUEIDENTIFIER, file -> base(set))
                .add("IsReadOnly", BIT, file -> false)
                .add("IsPresent", BIT, file -> true);
        if (version.atLeast(10)) {
            table.add("TDEThumbprint", varbinary(32), file -> null);
        }
        if (version.atLeast(13)) {
            table.add("SnapshotUrl", nvarchar(360), file -> null);
        }
        return table;
    }

    private static Object base(BackupSet set) {
        return set.log().differentialBaseId() == null
                ? HeaderColumns.nobody()
                : set.log().differentialBaseId();
    }
}
