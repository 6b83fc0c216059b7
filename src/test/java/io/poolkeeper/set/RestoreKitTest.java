// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Artefact;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreKitTest {
    private static final String NIGHT = "2026-11-23T230000Z-nightly-7c1a";

    @TempDir
    Path folder;

    @Test
    void restoresAUserDatabaseAndChecksItInOneScript() {
        var pages = pages("rtc");

        assertThat(pages.get("restore/ocs2007-rtc-rtc.sql"))
                .contains("RESTORE DATABASE [rtc] FROM DISK")
                .endsWith("DBCC CHECKDB ([rtc]) WITH NO_INFOMSGS;\r\n");
        assertThat(pages.get("RESTORE.txt")).doesNotContain("only if the instance itself was lost");
    }

    @Test
    void saysThatMasterNeedsTheInstanceInSingleUserModeAndStopsIt() {
        var pages = pages("master");

        assertThat(pages.get("RESTORE.txt")).contains("only if the instance itself was lost", "(single user)");
        assertThat(pages.get("restore/ocs2007-rtc-master.sql").lines().filter(line -> !line.startsWith("--")))
                .noneMatch(line -> line.startsWith("DBCC"));
    }

    @Test
    void saysThatMsdbNeedsTheAgentStopped() {
        assertThat(pages("msdb").get("RESTORE.txt")).contains("stop SQL Server Agent first");
    }

    @Test
    void saysWhatIsMissingOfAChain() {
        var log = pages("rtc", Level.LOG, "2026-11-22T230000Z-nightly-aaaa");

        assertThat(log.get("RESTORE.txt"))
                .contains("CAREFUL: it builds on set 2026-11-22T230000Z-nightly-aaaa, which is not in the vault");
        assertThat(log.get("restore/ocs2007-rtc-rtc.sql"))
                .contains("RESTORE LOG [rtc] FROM DISK")
                .doesNotContain("REPLACE");
    }

    @Test
    void saysWhereTheFilesLay() {
        var recorded = JsonNodeFactory.instance.objectNode();
        recorded.putArray("files")
                .addObject()
                .put("logicalName", "rtc")
                .put("physicalName", "C:\\RTC Data\\rtc.mdf")
                .put("type", "D");
        var artefact = new Artefact("databases/ocs2007-rtc/rtc-full.bak", 1, "0".repeat(64));

        assertThat(pages(Method.SQL_NATIVE, "rtc", Level.FULL, null, List.of(artefact), recorded)
                        .get("restore/ocs2007-rtc-rtc.sql"))
                .contains("-- , MOVE N'rtc' TO N'C:\\RTC Data\\rtc.mdf'\r\n;");
    }

    @Test
    void saysWhereAnotherProductsBackupLiesAndNeverHowToRestoreItFromTheSet() {
        var seen = JsonNodeFactory.instance.objectNode();
        new ObservedBackup(Instant.parse("2026-11-23T20:15:00Z"), "'nightly' by sa", "D:\\dump\\rtc.bak").write(seen);

        var pages = pages(Method.OBSERVED, "rtc", Level.FULL, null, List.of(), seen);

        assertThat(pages.get("RESTORE.txt"))
                .contains("BACKED UP BY ANOTHER PRODUCT; this set holds no copy")
                .contains("made by 'nightly' by sa, finished 2026-11-23T20:15:00Z")
                .contains("lies in D:\\dump\\rtc.bak")
                .doesNotContain("required: a reason");
        assertThat(pages).doesNotContainKey("restore/ocs2007-rtc-rtc.sql");
    }

    private Map<String, String> pages(String database) {
        return pages(database, Level.FULL, null);
    }

    private Map<String, String> pages(String database, Level level, @Nullable String base) {
        var artefact = new Artefact("databases/ocs2007-rtc/" + database + "-full.bak", 1, "0".repeat(64));
        return pages(Method.SQL_NATIVE, database, level, base, List.of(artefact), null);
    }

    private Map<String, String> pages(
            Method method,
            String database,
            Level level,
            @Nullable String base,
            List<Artefact> artefacts,
            @Nullable JsonNode recorded) {
        var at = Instant.parse("2026-11-23T23:00:00Z");
        var part = new Manifest.Part(
                PartId.database("ocs2007-rtc", database),
                Kind.DATABASE,
                database,
                Disposition.REQUIRED,
                "a reason",
                method,
                Outcome.OK,
                null,
                null,
                level,
                base,
                artefacts,
                at,
                at,
                Map.of(),
                recorded,
                List.of());
        var site = TestSites.standard(folder);
        var manifest = new Manifest(
                NIGHT,
                site.name(),
                "ocs-2007-r2",
                "nightly",
                NIGHT,
                true,
                Level.FULL,
                site.hash(),
                at,
                at,
                0,
                List.of(part));
        return new RestoreKit(Vault.of(site), manifest).pages();
    }
}
