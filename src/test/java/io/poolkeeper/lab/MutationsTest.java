// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFWriter;
import io.poolkeeper.lab.compare.Difference;
import io.poolkeeper.lab.compare.DirectoryComparison;
import io.poolkeeper.lab.compare.DirectoryScope;
import io.poolkeeper.lab.compare.RowComparison;
import io.poolkeeper.lab.compare.TreeComparison;
import io.poolkeeper.lab.compare.XmlComparison;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.lab.model.ShareRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationsTest {
    private static final Scale SMALL = new Scale(0.02);

    /** The second lab has the same seed, and so is what a perfect restore would bring back. */
    @Test
    void changesFourThingsAndTheReadersNameExactlyThese(@TempDir Path folder)
            throws IOException, SQLException, LDAPException, InterruptedException {
        try (var live = Lab.start(new LabOptions(folder.resolve("live"), Edition.STANDARD, 2007, SMALL));
                var restored = Lab.start(new LabOptions(folder.resolve("restored"), Edition.STANDARD, 2007, SMALL))) {
            var ldif = exportDirectory(restored, folder.resolve("restored.ldif"));
            assertThat(differences(live, restored, ldif, folder)).isEmpty();

            var changes = live.mutations().all();

            assertThat(differences(live, restored, ldif, folder))
                    .extracting(Difference::part)
                    .containsExactlyElementsOf(
                            changes.stream().map(Change::part).toList());
        }
    }

    @Test
    void breaksAndMendsOnDemand(@TempDir Path folder) throws IOException {
        try (var lab = Lab.start(new LabOptions(folder, Edition.STANDARD, 2007, SMALL))) {
            var metadata = lab.shareFolders(ShareRole.MEETING_METADATA).get(0);
            for (var fault : Fault.values()) {
                lab.faults().inject(fault);
            }
            assertThat(metadata).doesNotExist();
            assertThatThrownBy(() -> new Socket(
                                    InetAddress.getLoopbackAddress(), lab.mail().port())
                            .close())
                    .hasMessageContaining("refused");

            for (var fault : Fault.values()) {
                lab.faults().clear(fault);
            }
            assertThat(metadata).exists();
            new Socket(InetAddress.getLoopbackAddress(), lab.mail().port()).close();
        }
    }

    private static List<Difference> differences(Lab live, Lab restored, Path ldif, Path folder)
            throws IOException, SQLException, LDAPException, InterruptedException {
        var found = new ArrayList<Difference>();
        for (var database : live.site().instances().get(0).databases()) {
            try (var one = live.sql().openForSeeding("ocs2007-rtc", database);
                    var other = restored.sql().openForSeeding("ocs2007-rtc", database)) {
                found.addAll(RowComparison.compare("database:ocs2007-rtc/" + database, one, other));
            }
        }
        for (var share : live.site().shares()) {
            for (var i = 0; i < share.folders().size(); i++) {
                found.addAll(TreeComparison.compare(
                        "share:" + share.key(),
                        live.shareFolders(share.role()).get(i),
                        restored.shareFolders(share.role()).get(i)));
            }
        }
        try (var connection = live.connectToDirectory()) {
            var scope = DirectoryScope.ofOcs(live.site().domain().dn());
            found.addAll(DirectoryComparison.compare("directory:ocs.lab", connection, scope, ldif));
        }
        found.addAll(XmlComparison.compare(
                "settings:machine/ocs2007.ocs.lab",
                exportSettings(live, folder.resolve("live.xml")),
                exportSettings(restored, folder.resolve("restored.xml"))));
        return found;
    }

    private static Path exportDirectory(Lab lab, Path ldif) throws IOException, LDAPException {
        try (var connection = lab.connectToDirectory();
                var writer = new LDIFWriter(ldif.toFile())) {
            var domain = lab.site().domain();
            for (var base : List.of(domain.dn(), domain.configurationDn(), domain.schemaDn())) {
                for (var entry : connection
                        .search(base, SearchScope.SUB, "(objectClass=*)")
                        .getSearchEntries()) {
                    writer.writeEntry(entry);
                }
            }
        }
        return ldif;
    }

    private static Path exportSettings(Lab lab, Path xml) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        lab.tools().lcscmd().toString(),
                        "/config",
                        "/action:export",
                        "/level:machine",
                        "/configfile:" + xml,
                        "/fqdn:ocs2007.ocs.lab")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return xml;
    }
}
