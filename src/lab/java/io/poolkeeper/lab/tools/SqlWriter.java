// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Stand-in for the service SQLWriter. Asked for a snapshot of some volumes or folders it does what the real one does: it logs in
 * to each instance and has every online database whose files all lie in there backed up {@code TO VIRTUAL_DEVICE ... WITH
 * SNAPSHOT}, so that msdb has a row for each. It listens on 127.0.0.1 and talks to wbadmin in lines of text.
 */
final class SqlWriter implements AutoCloseable {
    private static final String FILES = "SELECT d.name AS name, f.physical_name AS file_name, f.type AS type"
            + " FROM sys.master_files AS f JOIN sys.databases AS d ON d.database_id = f.database_id"
            + " WHERE d.state_desc = 'ONLINE' AND d.name <> 'tempdb'";

    private final ServerSocket socket;
    private final VssFolder vss;
    private final String token = UUID.randomUUID().toString();
    private final Supplier<List<SqlAccess>> instances;

    private SqlWriter(ServerSocket socket, VssFolder vss, Supplier<List<SqlAccess>> instances) {
        this.socket = socket;
        this.vss = vss;
        this.instances = instances;
    }

    static SqlWriter start(VssFolder vss, Supplier<List<SqlAccess>> instances) throws IOException {
        var socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        var writer = new SqlWriter(socket, vss, instances);
        Files.writeString(vss.writer(), socket.getLocalPort() + " " + writer.token);
        var thread = new Thread(writer::serve, "lab-sqlwriter");
        thread.setDaemon(true);
        thread.start();
        return writer;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                answer(client);
            } catch (IOException e) {
                // the client went away, or the service is being stopped
            }
        }
    }

    private void answer(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        var out = new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8));
        if (!token.equals(in.readLine())) {
            return;
        }
        var copy = "copy".equals(in.readLine());
        var paths = new ArrayList<String>();
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            paths.add(line);
        }
        try {
            for (var file : snapshot(paths, copy).entrySet()) {
                out.write(file.getKey() + "\t" + file.getValue() + "\n");
            }
            out.write("done\n");
        } catch (SQLException e) {
            out.write("failed " + e.getMessage() + "\n");
        }
        out.flush();
    }

    /** Path of each file of a database on the server to where its content lies; logs are empty. */
    private Map<String, String> snapshot(List<String> paths, boolean copy) throws SQLException {
        var taken = new LinkedHashMap<String, String>();
        for (var access : instances.get()) {
            try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password())) {
                for (var database : databases(connection).entrySet()) {
                    if (database.getValue().stream().allMatch(file -> covered(file.path(), paths))) {
                        var content = access.virtualDevices().resolve(snapshot(connection, database.getKey(), copy));
                        database.getValue()
                                .forEach(file -> taken.put(file.path(), file.log() ? "" : content.toString()));
                    }
                }
            }
        }
        return taken;
    }

    private record StoredFile(String path, boolean log) {}

    private static Map<String, List<StoredFile>> databases(Connection connection) throws SQLException {
        var all = new LinkedHashMap<String, List<StoredFile>>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(FILES)) {
            while (row.next()) {
                all.computeIfAbsent(row.getString("name"), name -> new ArrayList<>())
                        .add(new StoredFile(row.getString("file_name"), row.getInt("type") == 1));
            }
        }
        return all;
    }

    /** Makes one; says the name of the virtual device. */
    private static String snapshot(Connection connection, String database, boolean copy) throws SQLException {
        var device = "{" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT) + "}";
        try (var statement = connection.createStatement()) {
            statement.execute("BACKUP DATABASE [" + database.replace("]", "]]") + "] TO VIRTUAL_DEVICE = N'" + device
                    + "' WITH SNAPSHOT, BUFFERCOUNT = 1, BLOCKSIZE = 1024" + (copy ? ", COPY_ONLY" : ""));
        }
        return device;
    }

    static boolean covered(String file, List<String> paths) {
        var path = file.toLowerCase(Locale.ROOT);
        return paths.stream()
                .map(prefix -> prefix.toLowerCase(Locale.ROOT).replaceAll("\\\\$", "") + "\\")
                .anyMatch(path::startsWith);
    }

    /** As the service control manager stops it. */
    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(vss.writer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
