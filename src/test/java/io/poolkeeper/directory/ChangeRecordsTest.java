// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static io.poolkeeper.directory.FakeDomainController.CONTAINER;
import static io.poolkeeper.directory.FakeDomainController.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The records, read as LDIF and applied to one state, give the other, whatever the two are. */
class ChangeRecordsTest {
    private static final int OBJECTS = 6;
    private static final String LONG = "long ".repeat(40) + "end";

    /** Objects by number with their attributes; the parent of number n is n / 2 if that is there, else the container. */
    private record State(Map<Integer, Set<String>> objects) {
        Memory memory() {
            var memory = new Memory().with(entry(CONTAINER, Set.of()));
            objects.forEach((number, values) -> memory.with(entry(dn(number), values)));
            return memory;
        }

        private String dn(int number) {
            var parent = number / 2;
            return "CN=Object " + number + "," + (number > 1 && objects.containsKey(parent) ? dn(parent) : CONTAINER);
        }
    }

    private static Entry entry(String dn, Set<String> values) {
        var entry = new Entry(dn, new Attribute("objectClass", "top", "container"));
        for (var value : values) {
            var colon = value.indexOf(':');
            entry.addAttribute(
                    value.substring(0, colon), value.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        }
        return entry;
    }

    @Provide
    Arbitrary<State> states() {
        var texts = Arbitraries.of("a", " b", "c ", ":d", "<e", "\u00e4\u20ac", "f\ng: h\n\ndn: CN=x", "\u0000i", LONG)
                .map(text -> "description:" + text);
        var numbers = Arbitraries.of("256", "384").map(text -> "msRTCSIP-OptionFlags:" + text);
        var names = Arbitraries.integers().between(0, OBJECTS).map(n -> "member:CN=Object " + n + "," + CONTAINER);
        var links = Arbitraries.integers()
                .between(0, OBJECTS)
                .map(n -> "msRTCSIP-LocalNormalizationLinks:B:8:0000000" + n + ":cn=object " + n + "," + CONTAINER);
        var values = Arbitraries.oneOf(texts, numbers, names, links).set().ofMaxSize(8);
        return Combinators.combine(Arbitraries.integers().between(0, OBJECTS), values)
                .as(Map::entry)
                .list()
                .ofMaxSize(OBJECTS)
                .map(list -> {
                    var objects = new java.util.TreeMap<Integer, Set<String>>();
                    list.forEach(object -> objects.put(object.getKey(), object.getValue()));
                    return new State(objects);
                });
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void leadFromAnyStateToAnyOther(@ForAll("states") State then, @ForAll("states") State now)
            throws LDAPException, LDIFException, IOException {
        var wanted = then.memory();
        try (var server = serving(now.memory())) {
            for (var change :
                    Comparison.of(wanted, now.memory(), Selection.of(null)).changes()) {
                var text = change.asRecord().orElseThrow().toLDIFString(76);
                assertThat(text.lines()).allMatch(line -> line.length() <= 76);
                try (var ldif = new LDIFReader(new BufferedReader(new StringReader(text)))) {
                    ldif.readChangeRecord().processChange(server);
                    assertThat(ldif.readChangeRecord()).isNull();
                }
            }

            var reached = new Memory();
            for (var found :
                    server.search(CONTAINER, SearchScope.SUB, "(objectClass=*)").getSearchEntries()) {
                reached.with(found);
            }
            assertThat(Comparison.of(wanted, reached, Selection.of(null)).changes())
                    .isEmpty();
            assertThat(names(reached)).isEqualTo(names(wanted));
        }
    }

    private static List<String> names(Memory memory) {
        return memory.entries.stream().map(Entry::getDN).sorted().toList();
    }

    private static InMemoryDirectoryServer serving(Memory state) throws LDAPException {
        var config = new InMemoryDirectoryServerConfig(DOMAIN);
        config.setSchema(null);
        config.setGenerateOperationalAttributes(false);
        config.setEnforceAttributeSyntaxCompliance(false);
        var server = new InMemoryDirectoryServer(config);
        var above = new ArrayList<>(List.of(DOMAIN, FakeDomainController.CONFIGURATION));
        above.add("CN=Services," + FakeDomainController.CONFIGURATION);
        for (var dn : above) {
            server.add(new Entry(dn, new Attribute("objectClass", "top")));
        }
        for (var entry : state.entries) {
            server.add(entry);
        }
        return server;
    }
}
