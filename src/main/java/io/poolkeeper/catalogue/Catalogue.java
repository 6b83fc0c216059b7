// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import io.poolkeeper.schema.Home;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.schema.YamlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a product keeps where: a file of config/catalogue, checked.
 *
 * @param product the name that site files use, e.g. {@code ocs-2007-r2}
 * @param title the product's full name
 * @param roles what a server can be, by name
 * @param installRoots folders with {@code {drive}} where a server may have been installed, most likely first
 * @param standardEdition what is fixed in a Standard Edition server
 * @param named which settings name pools and servers
 * @param databases every database the product can have
 * @param shares every kind of share the product can have
 * @param settings what only tools export
 * @param directory what lies in Active Directory
 */
public record Catalogue(
        String product,
        String title,
        Map<String, Role> roles,
        List<String> installRoots,
        StandardEdition standardEdition,
        Named named,
        List<Database> databases,
        List<Share> shares,
        List<Setting> settings,
        List<Directory> directory) {

    /** Makes the optional lists empty where the file leaves them out. */
    public Catalogue {
        installRoots = installRoots == null ? List.of() : installRoots;
        standardEdition = standardEdition == null ? new StandardEdition("", List.of()) : standardEdition;
        named = named == null ? new Named(List.of(), List.of()) : named;
    }

    /**
     * What a server can be.
     *
     * @param machineSettings whether the product's tool exports the settings of such a server
     */
    public record Role(String title, boolean machineSettings) {}

    /** The Standard Edition's own SQL Server instance and the folders of its database files, with {@code {drive}}. */
    public record StandardEdition(String sqlInstance, List<String> databaseFolders) {
        /** The folders on one drive. */
        public List<String> folders(char drive) {
            return databaseFolders.stream()
                    .map(folder -> folder.replace("{drive}", String.valueOf(drive)))
                    .toList();
        }
    }

    /** The settings, {@code Class.Property} each, that name pools and servers by their full DNS names. */
    public record Named(List<String> pools, List<String> servers) {}

    /** What every entry says: how much the part matters and why. */
    public sealed interface Entry permits Database, Share, Setting, Directory {
        /** What becomes of such a part unless the site file decides otherwise. */
        Disposition disposition();

        /** Why. */
        String reason();

        /** Who makes it again, or who looks after it. */
        Optional<String> who();
    }

    /**
     * One database.
     *
     * @param name as the product's documents spell it
     * @param aliases other names it is found under
     * @param chosenName whether an administrator chose the real name
     * @param everyInstance whether every SQL Server instance has it
     * @param roles the server roles that imply it
     */
    public record Database(
            String name,
            List<String> aliases,
            boolean chosenName,
            boolean everyInstance,
            String holds,
            Set<String> roles,
            Disposition disposition,
            @Nullable String by,
            String reason)
            implements Entry {
        /** Makes the optional lists empty where the file leaves them out. */
        public Database {
            aliases = aliases == null ? List.of() : aliases;
            roles = roles == null ? Set.of() : roles;
        }

        @Override
        public Optional<String> who() {
            return Optional.ofNullable(by);
        }

        /** Whether a database of that name is this one, without regard to case. */
        public boolean isNamed(String found) {
            return name.equalsIgnoreCase(found) || aliases.stream().anyMatch(alias -> alias.equalsIgnoreCase(found));
        }
    }

    /**
     * One kind of share.
     *
     * @param role the word that site files use
     * @param standardFolders label (empty if there is only one) to folder below the installation root
     * @param namedBy the settings, {@code Class.Property} each, that say where it is
     */
    public record Share(
            String role,
            String title,
            String holds,
            Set<String> roles,
            Disposition disposition,
            @Nullable String by,
            String reason,
            Map<String, String> standardFolders,
            List<String> namedBy)
            implements Entry {
        /** Makes the optional lists empty where the file leaves them out. */
        public Share {
            roles = roles == null ? Set.of() : roles;
            standardFolders = standardFolders == null ? Map.of() : standardFolders;
            namedBy = namedBy == null ? List.of() : namedBy;
        }

        @Override
        public Optional<String> who() {
            return Optional.ofNullable(by);
        }
    }

    /**
     * One export per pool or per server.
     *
     * @param per {@code pool} or {@code server}
     * @param machineSettings whether it exists for every server whose role has machine settings
     * @param levels LCSCmd's levels
     */
    public record Setting(
            String name,
            String title,
            String per,
            Set<String> roles,
            boolean machineSettings,
            Method method,
            List<String> levels,
            Disposition disposition,
            @Nullable String owner,
            @Nullable String by,
            String reason)
            implements Entry {
        /** Makes the optional lists empty where the file leaves them out. */
        public Setting {
            roles = roles == null ? Set.of() : roles;
            levels = levels == null ? List.of() : levels;
        }

        @Override
        public Optional<String> who() {
            return Optional.ofNullable(owner == null ? by : owner);
        }
    }

    /**
     * One export of Active Directory.
     *
     * @param containers distinguished names with {@code {configuration}} and {@code {domain}}; taken with all below
     * @param objects LDAP filters for the domain
     * @param schema LDAP filter for the schema; null if none is taken
     */
    public record Directory(
            String name,
            String title,
            Disposition disposition,
            @Nullable String by,
            String reason,
            List<String> containers,
            List<String> objects,
            @Nullable String schema)
            implements Entry {
        @Override
        public Optional<String> who() {
            return Optional.ofNullable(by);
        }
    }

    /** The share of a role. */
    public Optional<Share> share(String role) {
        return shares.stream().filter(share -> share.role().equals(role)).findFirst();
    }

    /** The setting of a name. */
    public Optional<Setting> setting(String name) {
        return settings.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    /** The file of a product. */
    public static Path file(String product) {
        return Home.folder().resolve("config/catalogue").resolve(product + ".yaml");
    }

    /** The products that there is a catalogue for. */
    public static List<String> products() {
        try (var files = Files.list(Home.file("config/catalogue"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a catalogue.
     *
     * @throws io.poolkeeper.schema.ConfigurationException with every problem of the file
     */
    public static Catalogue read(Path file) {
        return of(YamlDocument.read(file));
    }

    /**
     * Reads a catalogue from its text.
     *
     * @throws io.poolkeeper.schema.ConfigurationException with every problem of the document
     */
    public static Catalogue of(YamlDocument document) {
        var problems = new Problems(document);
        Schemas.check("catalogue", document, problems);
        problems.throwIfAny();
        var catalogue = Json.as(document.root(), Catalogue.class);
        for (var i = 0; i < catalogue.databases.size(); i++) {
            checkRoles(catalogue, catalogue.databases.get(i).roles(), "/databases/" + i + "/roles", problems);
        }
        for (var i = 0; i < catalogue.shares.size(); i++) {
            checkRoles(catalogue, catalogue.shares.get(i).roles(), "/shares/" + i + "/roles", problems);
        }
        for (var i = 0; i < catalogue.settings.size(); i++) {
            checkRoles(catalogue, catalogue.settings.get(i).roles(), "/settings/" + i + "/roles", problems);
        }
        problems.throwIfAny();
        return catalogue;
    }

    private static void checkRoles(Catalogue catalogue, Set<String> roles, String pointer, Problems problems) {
        roles.stream()
                .filter(role -> !catalogue.roles.containsKey(role))
                .forEach(role -> problems.add(pointer, "unknown role " + role, "declare it under roles"));
    }
}
