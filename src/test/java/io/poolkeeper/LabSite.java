// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.lab.Lab;
import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** A small lab site for integration tests, and the product's verbs run against it inside this JVM. */
public final class LabSite implements AutoCloseable {
    private final Lab lab;

    private LabSite(Lab lab) {
        this.lab = lab;
    }

    /** Starts a Standard Edition site at a twentieth of the demonstration's size. */
    public static LabSite start(Path folder) {
        return start(folder, Edition.STANDARD, 0.05);
    }

    /**
     * Starts a site.
     *
     * @param scale of the demonstration's size
     */
    public static LabSite start(Path folder, Edition edition, double scale) {
        try {
            return new LabSite(Lab.start(new LabOptions(folder, edition, 2007, new Scale(scale))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a verb printed and ended with. */
    public record Ended(int exit, List<JsonNode> lines, String out, String err) {
        /** The last line. */
        public JsonNode last() {
            return lines.get(lines.size() - 1);
        }

        /** A part of the last line's summary. */
        public JsonNode part(String id) {
            for (var part : last().path("parts")) {
                if (part.path("part").asText().equals(id)) {
                    return part;
                }
            }
            throw new AssertionError(id + " is not in the summary: " + last());
        }
    }

    /** Runs a verb with {@code --json}. */
    public Ended run(String... verb) {
        var args = new ArrayList<>(List.of(verb));
        args.addAll(List.of("-c", lab.siteFile().toString(), "--json"));
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), args.toArray(new String[0]));
        var lines = out.toString()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::tree)
                .toList();
        return new Ended(exit, lines, out.toString(), err.toString());
    }

    public Lab lab() {
        return lab;
    }

    public Path folder() {
        return lab.folder().path();
    }

    public Site site() {
        return SiteFile.read(lab.siteFile());
    }

    /** A connection to an SQL instance of the site file, as its login. */
    public Connection connect(String key) throws SQLException {
        var instance = Objects.requireNonNull(site().sql().get(key), key);
        var properties = new Properties();
        properties.setProperty("user", instance.user().orElseThrow());
        properties.setProperty("password", instance.password().orElseThrow().resolve());
        return DriverManager.getConnection(instance.url(), properties);
    }

    /** The names of the databases of an SQL instance. */
    public List<String> databases(String key) throws SQLException {
        try (var connection = connect(key);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name FROM sys.databases")) {
            var names = new ArrayList<String>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    /** The e-mails that arrived, oldest first. */
    public List<String> mails() {
        return texts("mail");
    }

    /** The Teams cards that arrived, oldest first. */
    public List<String> cards() {
        return texts("teams");
    }

    private List<String> texts(String outbox) {
        try (Stream<Path> files = Files.list(lab.folder().outbox(outbox))) {
            var texts = new ArrayList<String>();
            for (var file : files.filter(LabSite::isFinished).sorted().toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outbox writes under a name with a dot and renames what is whole. */
    private static boolean isFinished(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    @Override
    public void close() {
        lab.close();
    }
}
