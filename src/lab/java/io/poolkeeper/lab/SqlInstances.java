// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import io.poolkeeper.lab.model.SqlInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** What the lab needs of its SQL Servers. An instance is named by its key in the site file. Safe for use by several threads. */
public interface SqlInstances extends AutoCloseable {
    /** The folder for backups as the service account of each instance sees it. */
    String BACKUP_DIRECTORY = "C:\\backup";

    /** The one login of each instance. */
    String LOGIN = "sa";

    /**
     * Starts an instance with empty databases.
     *
     * @param backups what the instance sees as {@link #BACKUP_DIRECTORY}
     * @param password of {@link #LOGIN}
     * @return the port on 127.0.0.1
     */
    int start(SqlInstance instance, Path backups, String password) throws IOException;

    /** A connection to the engine behind a database, to write rows fast; whoever asks closes it. */
    Connection openForSeeding(String key, String database) throws SQLException;

    /** Takes a database offline as ALTER DATABASE SET OFFLINE does, or brings it back. */
    void setOffline(String key, String database, boolean offline);

    /** Stops all instances. */
    @Override
    void close();
}
