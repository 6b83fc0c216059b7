// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.poolkeeper.lab.tools.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/** sqlcmd as installed in a lab: its launcher in {@code bin}, what it is told to be like in {@code sqlcmd}. */
public final class SqlcmdProgram {
    private final Path launcher;
    private final Path settings;
    private final Properties properties = new Properties();

    private SqlcmdProgram(Path launcher, Path settings) {
        this.launcher = launcher;
        this.settings = settings;
    }

    /** Writes the launcher below the lab's folder. */
    public static SqlcmdProgram install(Path lab) throws IOException {
        var folder = Files.createDirectories(lab.resolve("sqlcmd"));
        var launcher = Launcher.write(lab.resolve("bin/sqlcmd"), Sqlcmd.class, folder, SQLServerDriver.class);
        return new SqlcmdProgram(launcher, folder.resolve("sqlcmd.properties"));
    }

    /** The program. */
    public Path path() {
        return launcher;
    }

    /** The headers of messages are in another language: german, french, russian, japanese. */
    public SqlcmdProgram speaks(String language) throws IOException {
        return set("language", language.toLowerCase(Locale.ROOT));
    }

    /**
     * A server of -S really listens somewhere else.
     *
     * @param server as -S names it, {@code host,port}
     * @param port on 127.0.0.1
     */
    public SqlcmdProgram reaches(String server, int port) throws IOException {
        return set("server." + server, "127.0.0.1," + port);
    }

    /** The messages of a number never arrive. */
    public SqlcmdProgram swallows(int number) throws IOException {
        return set("swallow", Integer.toString(number));
    }

    private SqlcmdProgram set(String key, String value) throws IOException {
        properties.setProperty(key, value);
        try (var writer = Files.newBufferedWriter(settings)) {
            properties.store(writer, null);
        }
        return this;
    }
}
