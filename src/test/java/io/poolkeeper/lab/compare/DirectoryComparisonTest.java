// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFWriter;
import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryComparisonTest {
    private static final OcsSite SITE = OcsSite.of(2007, Edition.STANDARD, new Scale(0.1));
    private static final DirectoryScope OCS = DirectoryScope.ofOcs(SITE.domain().dn());
    private static final int MAX_VAL_RANGE = 50;
    private static final String PART = "directory:ocs.lab";

    @TempDir
    private Path folder;

    private static LabDirectory directory;
    private static LDAPConnection live;
    private static Map<String, Entry> whole;

    private final Map<String, Entry> exported = new TreeMap<>();

    @BeforeAll
    static void start() throws LDAPException {
        directory = LabDirectory.start(SITE, "secret", MAX_VAL_RANGE);
        live = directory.connect("secret");
        whole = new DirectoryReader(live, false).search(OCS);
    }

    @AfterAll
    static void stop() {
        live.close();
        directory.close();
    }

    @BeforeEach
    void copy() {
        whole.forEach((dn, entry) -> exported.put(dn, entry.duplicate()));
    }

    @Test
    void findsNothingInAWholeExport() throws LDAPException, IOException {
        assertThat(compare()).isEmpty();
    }

    @Test
    void readsGroupsOfMoreMembersThanOneRangeHolds() {
        var group = exported.values().stream()
                .filter(entry -> entry.getDN().startsWith("CN=RTC Client Computers"))
                .findFirst()
                .orElseThrow();

        assertThat(group.getAttributeValues("member")).hasSize(160);
    }

    @Test
    void namesAChangedAttributeOnceAndNotTheNumbersThatChangeWithIt() throws LDAPException, IOException {
        var person = SITE.people().get(0);
        var dn = directory.dn(person);
        var before = directory.change(dn, "department", "Größenwahn");

        assertThat(compare()).containsExactly(new Difference(PART, dn + " department", "Größenwahn", before));
        directory.change(dn, "department", before);
    }

    @Test
    void namesAMissingMemberOfALargeGroupOnce() throws LDAPException, IOException {
        exported.values().stream()
                .filter(entry -> entry.getDN().startsWith("CN=RTC Client Computers"))
                .forEach(entry -> entry.removeAttributeValue(
                        "member", "CN=WS00160,OU=Workstations," + SITE.domain().dn()));

        assertThat(compare())
                .singleElement()
                .satisfies(difference -> assertThat(difference.live()).startsWith("CN=WS00160"));
    }

    @Test
    void namesAMissingObjectOnce() throws LDAPException, IOException {
        exported.keySet().removeIf(dn -> dn.startsWith("cn=amsterdam,cn=location profiles"));

        assertThat(compare())
                .singleElement()
                .satisfies(difference -> assertThat(difference.restored()).isEqualTo(Difference.ABSENT));
    }

    @Test
    void comparesSecurityDescriptorsWhereTheFileHasThem() throws LDAPException, IOException {
        exported.putAll(new DirectoryReader(live, true).search(OCS));
        assertThat(compare()).isEmpty();

        exported.values().iterator().next().setAttribute("nTSecurityDescriptor", new byte[] {1, 2});
        assertThat(compare()).hasSize(1);
    }

    private List<Difference> compare() throws LDAPException, IOException {
        var ldif = folder.resolve("export.ldif.gz");
        try (var writer = new LDIFWriter(new GZIPOutputStream(Files.newOutputStream(ldif)))) {
            for (var entry : exported.values()) {
                writer.writeEntry(entry);
            }
        }
        return DirectoryComparison.compare(PART, live, OCS, ldif);
    }
}
