// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a script on a SQL Server: {@code sqlcmd -S host,port -U login -i script.sql}. The password is SQLCMDPASSWORD of the
 * environment or -P. It ends with 1 if it could not log in and, with -b, if a message was worse than severity 10 (or than -V
 * says). With -o everything goes into that file, with -u in little-endian Unicode.
 */
public final class Sqlcmd {
    private static final int UNTRUSTED_LOGIN = 18452;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Za-z0-9_-]+)\\)");

    private final Settings settings;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private boolean uncounted;

    Sqlcmd(Settings settings, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs the program; the first argument is the folder of its settings, the others are those of the real one. */
    public static void main(String[] args) throws IOException {
        var sqlcmd = new Sqlcmd(new Settings(Path.of(args[0])), System.getenv(), System.out, System.err);
        System.exit(sqlcmd.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) throws IOException {
        try {
            var options = new Options(arguments);
            if (!options.has('o')) {
                return run(options, out, err);
            }
            try (var file = file(options)) {
                return run(options, file, file);
            }
        } catch (Refused e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static PrintStream file(Options options) throws IOException {
        var file = Files.newOutputStream(Path.of(options.text('o', "")));
        if (!options.has('u')) {
            return new PrintStream(file, true, Charset.forName(System.getProperty("native.encoding", "UTF-8")));
        }
        file.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
        return new PrintStream(file, true, StandardCharsets.UTF_16LE);
    }

    private int run(Options options, PrintStream results, PrintStream messages) throws IOException {
        var printer = new Printer(options, settings, results, messages);
        var batches = options.has('i')
                ? Script.batches(Path.of(options.text('i', "")))
                : Script.batches(options.text('Q', ""));
        try (var connection = connect(options, printer)) {
            connection.unwrap(SQLServerConnection.class).setServerMessageHandler(printer::heard);
            for (var batch : batches) {
                run(options.has('x') ? batch : substituted(batch), connection, printer);
                if (failed(options, printer)) {
                    return 1;
                }
            }
            return 0;
        } catch (SQLException e) {
            if (!(e instanceof SQLServerException refused) || refused.getSQLServerError() == null) {
                err.println("Sqlcmd: Error: Microsoft SQL Native Client : " + e.getMessage() + ".");
            }
            return 1;
        }
    }

    private static boolean failed(Options options, Printer printer) {
        return options.has('b') && printer.worst() > 10 && printer.worst() >= options.number('V', 0);
    }

    /** The variables of the environment are those of a script. */
    private String substituted(String batch) {
        return VARIABLE.matcher(batch).replaceAll(found -> {
            var value = environment.get(found.group(1));
            if (value == null) {
                throw new Refused("'" + found.group(1) + "' scripting variable not defined.");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private void run(String batch, Connection connection, Printer printer) throws SQLException {
        uncounted |= batch.toUpperCase(Locale.ROOT).contains("SET NOCOUNT ON");
        var counted = !uncounted;
        try (var statement = connection.createStatement()) {
            var isResult = statement.execute(batch);
            while (isResult || statement.getUpdateCount() != -1) {
                if (isResult) {
                    try (var rows = statement.getResultSet()) {
                        printer.rows(rows, counted);
                    }
                } else if (counted) {
                    printer.affected(statement.getUpdateCount());
                }
                isResult = statement.getMoreResults();
            }
        } catch (SQLServerException e) {
            if (e.getSQLServerError() == null) {
                throw e; // the connection is gone; what the server said was printed when it came
            }
        }
    }

    private Connection connect(Options options, Printer printer) throws SQLException {
        var server = options.text('S', "localhost");
        if (options.has('E') || !options.has('U')) {
            printer.message(
                    UNTRUSTED_LOGIN,
                    14,
                    1,
                    server,
                    1,
                    "Login failed. The login is from an untrusted domain and cannot be used with Windows authentication.");
            throw new Refused("");
        }
        var login = new Properties();
        login.setProperty("user", options.text('U', ""));
        login.setProperty("password", options.text('P', environment.getOrDefault("SQLCMDPASSWORD", "")));
        login.setProperty("loginTimeout", Integer.toString(options.number('l', 8)));
        login.setProperty("databaseName", options.text('d', ""));
        login.setProperty("applicationName", "SQLCMD");
        try {
            return DriverManager.getConnection(url(server), login);
        } catch (SQLServerException e) {
            var error = e.getSQLServerError();
            if (error != null) {
                printer.message(
                        error.getErrorNumber(),
                        error.getErrorSeverity(),
                        error.getErrorState(),
                        String.valueOf(error.getServerName()),
                        1,
                        String.valueOf(error.getErrorMessage()));
            }
            throw e;
        }
    }

    private String url(String server) {
        var address = settings.address(server).split(",", 2);
        return "jdbc:sqlserver://" + address[0] + (address.length > 1 ? ":" + address[1] : "")
                + ";encrypt=true;trustServerCertificate=true";
    }
}
