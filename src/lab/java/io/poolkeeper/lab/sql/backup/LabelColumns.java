// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import static io.poolkeeper.lab.sql.session.SqlType.BIT;
import static io.poolkeeper.lab.sql.session.SqlType.DATETIME;
import static io.poolkeeper.lab.sql.session.SqlType.INT;
import static io.poolkeeper.lab.sql.session.SqlType.TINYINT;
import static io.poolkeeper.lab.sql.session.SqlType.UNIQUEIDENTIFIER;
import static io.poolkeeper.lab.sql.session.SqlType.nvarchar;

import io.poolkeeper.lab.sql.engine.InfoTable;
import io.poolkeeper.lab.sql.media.MediaLabel;
import io.poolkeeper.lab.sql.session.ServerVersion;

/** RESTORE LABELONLY: one row about the media. */
final class LabelColumns {
    private static final int MICROSOFT = 4608;

    private LabelColumns() {}

    static InfoTable<MediaLabel> of(ServerVersion version) {
        var table = new InfoTable<MediaLabel>()
                .add("MediaName", nvarchar(128), MediaLabel::name)
                .add("MediaSetId", UNIQUEIDENTIFIER, MediaLabel::mediaSetId)
                .add("FamilyCount", INT, label -> 1)
                .add("FamilySequenceNumber", INT, label -> 1)
                .add("MediaFamilyId", UNIQUEIDENTIFIER, MediaLabel::familyId)
                .add("MediaSequenceNumber", INT, label -> 1)
                .add("MediaLabelPresent", TINYINT, label -> 0)
                .add("MediaDescription", nvarchar(255), MediaLabel::description)
                .add("SoftwareName", nvarchar(128), label -> "Microsoft SQL Server")
                .add("SoftwareVendorId", INT, label -> MICROSOFT)
                .add("MediaDate", DATETIME, MediaLabel::written)
                .add("Mirror_Count", INT, label -> 1);
        if (version.atLeast(10)) {
            table.add("IsCompressed", BIT, MediaLabel::compressed);
        }
        return table;
    }
}
