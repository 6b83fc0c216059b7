// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.YamlDocument;
import io.poolkeeper.site.EffectiveValue;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md says what config/schema/site.json allows and what the program does with it. */
class ConfigurationPageTest {
    /** One of everything, and of each no more than it must have. */
    private static final String SMALLEST = """
            site: smallest
            product: ocs-2007-r2
            vault: {path: vault, copies: [{name: a, path: b}]}
            observed: [{part: 'share:one', folder: f, watch: {}}]
            wbadmin: {target: 'E:'}
            workers: {other: {}}
            pools: [{name: p, edition: standard, servers: [{fqdn: p.example.com, roles: [standard-edition]}]}]
            sql: {one: {url: 'jdbc:sqlserver://x', user: u, password: 'file:s', backupDirectory: b}}
            shares:
              one: {role: meeting-compliance, path: m, watch: {}}
              two: {role: meeting-compliance, path: n, command: {backup: [c], result: r}}
            directory: {url: 'ldaps://x', bindDn: d, password: 'file:s'}
            broker:
              url: 'ssl://x'
              user: u
              password: 'file:s'
              serve: {listen: ['tcp://127.0.0.1:61616'], schedulers: {one: {password: 'file:s'}}}
            plans: {one: {}}
            dispositions: [{part: 'share:one', as: optional}]
            notify:
              email: {host: h, from: a@b, to: [a@b]}
              teams: {url: 'file:s'}
              rules: [{on: [ok], to: [email]}]
            acceptRisk: [{risk: drill-on-source, reason: r}]
            """;

    /** Keys on which nothing acts, and the accessors that nobody calls yet. */
    private static final Map<String, Accessor> NOT_YET = Map.ofEntries(
            Map.entry("state.keepLogs", new Accessor(Site.State.class, "keepLogs")),
            Map.entry("vault.copies[].name", new Accessor(Site.Vault.class, "copies")),
            Map.entry("vault.copies[].path", new Accessor(Site.Vault.class, "copies")),
            Map.entry("retention.keep.daily", new Accessor(Site.class, "retention")),
            Map.entry("retention.keep.weekly", new Accessor(Site.class, "retention")),
            Map.entry("retention.keep.monthly", new Accessor(Site.class, "retention")),
            Map.entry("retention.minimumProven", new Accessor(Site.class, "retention")));

    private record Accessor(Class<?> owner, String name) {}

    /** A key of the page: its row, and the schema of its value. */
    private record Key(JsonNode schema, boolean required) {}

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static JsonNode root;
    private static final Map<String, Key> KEYS = new TreeMap<>();
    private static Map<String, Page.Row> rows;
    private static final Page PAGE = Page.of("docs/configuration.md");

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws IOException {
        root = Json.tree(Files.readString(Path.of("config/schema/site.json")));
        walk("", root);
        rows = PAGE.rows().stream()
                .collect(Collectors.toMap(
                        row -> key(row.heading(), row.code(0).get(0)), row -> row, (a, b) -> a, LinkedHashMap::new));
        assertThat(rows).hasSameSizeAs(PAGE.rows());
    }

    private static String key(String heading, String name) {
        var prefix = Page.code(heading);
        return prefix.isEmpty() ? name : prefix.get(0) + "." + name;
    }

    private static void walk(String path, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            var key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            var required = Json.node(schema.path("required")).toString().contains('"' + property.getKey() + '"');
            child(key, property.getValue(), required);
        });
    }

    private static void child(String key, JsonNode schema, boolean required) {
        var items = schema.path("items");
        var values = schema.path("additionalProperties");
        if (items.has("properties")) {
            walk(key + "[]", items);
        } else if (values.has("properties")) {
            walk(key + ".KEY", values);
        } else if (schema.has("properties")) {
            walk(key, schema);
        } else {
            KEYS.put(key, new Key(schema, required));
        }
    }

    @Test
    void describesEveryKeyAndNoOther() {
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(KEYS.keySet());
    }

    @Test
    void saysWhichKeysAreRequired() {
        rows.forEach((key, row) -> assertThat(row.cells().get(2).equals("required"))
                .as(key)
                .isEqualTo(KEYS.get(key).required()));
    }

    @Test
    void givesExamplesThatTheSchemaAccepts() {
        rows.forEach((key, row) -> {
            var examples = row.code(3);
            assertThat(examples).as(key + " needs one example").hasSize(1);
            var value =
                    YamlDocument.parse(key, "value: " + examples.get(0)).root().path("value");
            assertThat(REGISTRY.getSchema(withDefinitions(KEYS.get(key).schema()))
                            .validate(value))
                    .as(key + " " + examples)
                    .isEmpty();
        });
    }

    private static JsonNode withDefinitions(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", root.path("$defs"));
        return whole;
    }

    @Test
    void listsEveryWordThatAKeyMayHave() {
        rows.forEach((key, row) -> {
            var schema = KEYS.get(key).schema();
            var text = String.join(" ", row.cells()) + PAGE.section(row.heading());
            var words =
                    schema.path("enum").isMissingNode() ? schema.path("items").path("enum") : schema.path("enum");
            words.forEach(word -> assertThat(text).as(key).contains(word.asText()));
            if (schema.path("$ref").asText().endsWith("/depth")) {
                assertThat(row.cells().get(1)).isEqualTo("media, content, restored");
            }
        });
    }

    @Test
    void saysWhatServesIfAKeyIsAbsent() throws IOException {
        var file = Files.writeString(folder.resolve("site.yaml"), SMALLEST);
        var inForce = SiteFile.effective(file).stream()
                .filter(value -> value.origin().equals("default"))
                .collect(Collectors.toMap(ConfigurationPageTest::general, EffectiveValue::value, (a, b) -> a));

        rows.forEach((key, row) -> {
            var cell = row.cells().get(2);
            if (cell.startsWith("`")) {
                assertThat(inForce.get(key)).as(key).isEqualTo(row.code(2).get(0));
            } else if (cell.equals("none")) {
                assertThat(inForce).as(key).doesNotContainKey(key);
            } else {
                assertThat(cell.replace("`", ""))
                        .as(key)
                        .isIn(
                                "required",
                                "this machine's",
                                "as backupDirectory",
                                "as vault.path",
                                "as broker.user",
                                "as broker.password");
            }
        });
        assertThat(inForce.get("sql.KEY.collectFrom")).isEqualTo("b");
    }

    /** {@code pools[0].servers[0].os} as {@code pools[].servers[].os}, {@code sql.one.user} as {@code sql.KEY.user}. */
    private static String general(EffectiveValue value) {
        return value.key()
                .replaceAll("\\[\\d+\\]", "[]")
                .replaceAll("^(sql|shares|plans|workers|broker.serve.schedulers)\\.[^.]+", "$1.KEY");
    }

    @Test
    void marksTheKeysOnWhichNothingActs() {
        var marked = rows.entrySet().stream()
                .filter(row -> row.getValue().cells().get(4).contains("**Not yet**"))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(marked).containsExactlyInAnyOrderElementsOf(NOT_YET.keySet());
        JavaClasses product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.poolkeeper");
        NOT_YET.forEach((key, accessor) -> assertThat(
                        product.get(accessor.owner()).getMethod(accessor.name()).getAccessesToSelf().stream()
                                .map(access -> access.getOriginOwner())
                                // check looks at what a site file asks for, also where nothing acts on it yet
                                .filter(caller -> !caller.getSimpleName().startsWith("Preflight"))
                                .map(caller -> caller.getPackageName())
                                .filter(caller -> !caller.equals("io.poolkeeper.site")))
                .as("docs/configuration.md says that nothing acts on " + key + ", but something asks for it")
                .isEmpty());
    }
}
