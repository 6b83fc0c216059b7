// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.Mutated;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The small files of a set and of the vault, spoiled: each is understood or refused, and a spoiled set is never proven. */
class SetFilesFuzzTest {
    private static Path folder;
    private static Site site;
    private static Vault vault;

    @BeforeContainer
    static void publishTwoSets() throws IOException {
        folder = Files.createTempDirectory("set-files-fuzz");
        site = SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: fuzz
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation]}]}
                """));
        vault = Vault.of(site);
        var run = new ObservedRun(site, "directory:ad");
        var recorded = JsonNodeFactory.instance.objectNode();
        new ObservedBackup(Instant.now(), "Backup Exec", "\\\\nas\\b").write(recorded);
        var seen = new Captured(List.of(), recorded, Map.of(), Level.FULL, null, List.of());
        run.published(seen);
        run.published(seen);
        var finding = new Evidence.Finding(
                PartId.parse("directory:ad"), Verdict.PROVEN, Depth.CONTENT, Instant.now(), List.of(), null, 1, 1);
        vault.addEvidence(new Evidence("set-1", "verify", "run-1", Instant.now(), List.of(finding), null));
    }

    @AfterContainer
    static void clean() throws IOException {
        Disk.delete(folder);
    }

    private static Judged verified() {
        var step = new Step(
                "run-1",
                "verify-01",
                1,
                PartId.parse("set:set-1"),
                Action.VERIFY,
                Method.VAULT,
                Action.VERIFY.effect(),
                Site.LOCAL,
                "set-1",
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.now().plusSeconds(60),
                site.hash());
        var work = new TestWork(vault.folder(), folder.resolve("attempt"), folder.resolve("sandbox"));
        return (Judged) new VerifySet().handle(step, work);
    }

    @Example
    void theSetIsProvenAsItIs() {
        assertThat(verified().verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Provide
    Arbitrary<Spoiled> files() throws IOException {
        return spoiled(
                "sets.jsonl", "set-1/" + Sums.FILE, "set-1/" + Manifest.FILE, "set-1/site.yaml", "set-1/RESTORE.txt");
    }

    @Provide
    Arbitrary<Spoiled> evidence() throws IOException {
        try (var files = Files.list(vault.folder().resolve("evidence/set-1"))) {
            return spoiled("evidence/set-1/" + files.findFirst().orElseThrow().getFileName());
        }
    }

    /** Bytes in the place of a file. */
    static final class Spoiled {
        private final Path file;
        private final byte[] good;
        private final byte[] bytes;

        Spoiled(Path file, byte[] good, byte[] bytes) {
            this.file = file;
            this.good = good;
            this.bytes = bytes;
        }

        @Override
        public String toString() {
            return file.getFileName() + " changed at " + java.util.Arrays.mismatch(good, bytes);
        }

        void whileSpoiled(Runnable look) throws IOException {
            Files.write(file, bytes);
            try {
                look.run();
            } finally {
                Files.write(file, good);
            }
        }
    }

    private static Arbitrary<Spoiled> spoiled(String... names) throws IOException {
        var all = new java.util.ArrayList<Arbitrary<Spoiled>>();
        for (var name : names) {
            var file = vault.folder().resolve(name);
            var good = Files.readAllBytes(file);
            all.add(Mutated.of(good)
                    .filter(bytes -> !java.util.Arrays.equals(bytes, good))
                    .map(bytes -> new Spoiled(file, good, bytes)));
        }
        return Arbitraries.oneOf(all);
    }

    /** A change of the last line of the ledger that leaves it one breaks nothing before it, and is about another set. */
    private static boolean isAboutTheOtherSet(Spoiled spoiled) {
        if (!spoiled.file.endsWith("sets.jsonl")) {
            return false;
        }
        var text = new String(spoiled.good, java.nio.charset.StandardCharsets.UTF_8);
        var first = text.indexOf('\n') + 1;
        return java.util.Arrays.mismatch(spoiled.good, spoiled.bytes) >= first;
    }

    @Property(tries = 400)
    void aSpoiledSetIsNeitherProvenNorUnreadable(@ForAll("files") Spoiled spoiled) throws IOException {
        spoiled.whileSpoiled(() -> {
            var judged = verified();
            if (isAboutTheOtherSet(spoiled)) {
                assertThat(judged.verdict()).isIn(Verdict.PROVEN, Verdict.SUSPECT);
            } else {
                assertThat(judged.verdict()).as(judged.toString()).isEqualTo(Verdict.SUSPECT);
            }
        });
    }

    @Property(tries = 400)
    void theVaultSaysWhatIsNoManifestLedgerOrEvidence(@ForAll("files") Spoiled spoiled) throws IOException {
        spoiled.whileSpoiled(() -> {
            try {
                vault.ledger().entries();
                vault.manifest("set-1").parts().forEach(Manifest.Part::held);
                vault.sets();
            } catch (MalformedDocument e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (IOException e) {
                throw new AssertionError("calls damage unreadable", e);
            }
        });
    }

    @Property(tries = 300)
    void spoiledEvidenceIsNoProof(@ForAll("evidence") Spoiled spoiled) throws IOException {
        spoiled.whileSpoiled(() -> {
            try {
                vault.evidence("set-1");
            } catch (MalformedDocument e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (IOException e) {
                throw new AssertionError("calls damage unreadable", e);
            }
        });
    }

    @Property(tries = 1000)
    void namesBecomeOneSafeSegment(@ForAll String name) {
        var encoded = Names.encode(name);

        assertThat(encoded)
                .matches("[A-Za-z0-9._%~-]{1,160}")
                .isNotIn(".", "..")
                .doesNotEndWith(".");
    }
}
