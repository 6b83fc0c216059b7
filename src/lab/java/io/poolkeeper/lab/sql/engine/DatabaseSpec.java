// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.ServerVersion;
import java.util.List;
import java.util.UUID;

/**
 * A database to be made.
 *
 * @param name its name, at most 128 characters
 * @param recoveryModel how much of its log it keeps
 * @param files its data file, then its log file
 * @param collation its collation
 * @param compatibilityLevel e.g. 90
 */
public record DatabaseSpec(
        String name, RecoveryModel recoveryModel, List<DatabaseFile> files, String collation, int compatibilityLevel) {
    /** A database as CREATE DATABASE makes it on that instance without further words, but for the recovery model. */
    public static DatabaseSpec of(String name, RecoveryModel recoveryModel, InstanceProfile profile) {
        var folder = profile.folder() + "\\DATA";
        return of(name, recoveryModel, profile.collation(), profile.version(), folder, folder);
    }

    /** A database whose files lie in the given folders of the server. */
    public static DatabaseSpec of(
            String name,
            RecoveryModel recoveryModel,
            String collation,
            ServerVersion version,
            String dataFolder,
            String logFolder) {
        return new DatabaseSpec(
                name,
                recoveryModel,
                List.of(
                        new DatabaseFile(1, false, name, dataFolder + "\\" + name + ".mdf", UUID.randomUUID()),
                        new DatabaseFile(
                                2, true, name + "_log", logFolder + "\\" + name + "_log.ldf", UUID.randomUUID())),
                collation,
                version.compatibilityLevel());
    }
}
