// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.engine.Credentials;
import io.poolkeeper.lab.sql.engine.DatabaseSpec;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Folders;
import io.poolkeeper.lab.sql.engine.Instance;
import io.poolkeeper.lab.sql.engine.InstanceProfile;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.engine.UserTables;
import io.poolkeeper.lab.sql.session.ServerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static int count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM dbo." + table)) {
            var count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    @Test
    void showsAllTablesAsTheyWereWhateverOthersCommitMeanwhile() throws SQLException {
        var profile = new InstanceProfile("LAB", ServerVersion.SQL_2019, Edition.STANDARD);
        try (var instance =
                new Instance(profile, new Credentials("sa", ""), new Folders(Map.of()), new BackupAndRestore())) {
            var database = instance.databases().create(DatabaseSpec.of("rtc", RecoveryModel.FULL, profile));
            try (var other = database.store().open();
                    var writing = other.createStatement()) {
                writing.execute("CREATE TABLE dbo.a(x int)");
                writing.execute("CREATE TABLE dbo.b(x int)");
                writing.execute("INSERT INTO dbo.a VALUES (1), (2)");

                try (var snapshot = Snapshot.of(database)) {
                    writing.execute("INSERT INTO dbo.a VALUES (3)");
                    writing.execute("INSERT INTO dbo.b VALUES (1)");
                    assertThat(UserTables.baseTables(snapshot.connection())).hasSize(2);
                    assertThat(count(snapshot.connection(), "a")).isEqualTo(2);
                    writing.execute("DELETE FROM dbo.a");
                    assertThat(count(snapshot.connection(), "a")).isEqualTo(2);
                    assertThat(count(snapshot.connection(), "b")).isZero();
                }
            }
        }
    }
}
