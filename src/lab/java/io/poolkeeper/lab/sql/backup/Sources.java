// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.Messages;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.StatementContext;
import io.poolkeeper.lab.sql.media.BackupSet;
import io.poolkeeper.lab.sql.media.MediaReader;
import io.poolkeeper.lab.sql.tsql.Operand;
import io.poolkeeper.lab.sql.tsql.Options;
import java.util.List;

/** Where a RESTORE reads from. */
final class Sources {
    private Sources() {}

    /** The one device. */
    static Device device(List<Operand> devices, StatementContext context) {
        if (devices.size() > 1) {
            throw SqlFailure.of(Messages.unsupported("backups striped over several devices"));
        }
        return Device.find(String.valueOf(context.variables().text(devices.get(0))), context.instance());
    }

    /** The set that FILE names, or the first. */
    static BackupSet set(MediaReader media, Device device, Options options, StatementContext context) {
        var position = StatsOption.number(options, "FILE", 1, context.variables());
        return media.set(position).orElseThrow(() -> SqlFailure.of(4038, position, device.name()));
    }

    /** CHECKSUM asks for what a set without checksums cannot give. */
    static void checkChecksums(BackupSet set, Options options) {
        if (options.has("CHECKSUM") && !set.options().checksums()) {
            throw SqlFailure.of(3187);
        }
    }
}
