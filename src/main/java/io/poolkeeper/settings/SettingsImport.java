// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.SafeEnvironment;
import io.poolkeeper.tool.Tool;
import io.poolkeeper.tool.ToolRun;
import io.poolkeeper.tool.Unattended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way back of one part: LCSCmd imports settings, dbimpexp user data. */
public final class SettingsImport {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** What nobody could look up: see docs/fidelity.md. */
    private static final String UNVERIFIED_LCSCMD =
            "UNVERIFIED: no public page shows the options of LCSCmd's import; check 'LCSCmd /config /?' on the server first";

    private static final String UNVERIFIED_DBIMPEXP =
            "UNVERIFIED: whether dbimpexp's import replaces or adds to what a user has; its options are those of public"
                    + " scripts";

    private final Site site;
    private final PartId part;
    private final boolean users;
    private final Tool tool;

    /** That of a part of a site. */
    public SettingsImport(Site site, PartId part) {
        this.site = site;
        this.part = part;
        this.users = part.owner().equals("userdata");
        this.tool = users ? Tool.dbimpexp(site) : Tool.lcscmd(site);
    }

    /** The command that imports a file, as a person would type it on the server. */
    public String command(Path file) {
        return Stream.concat(Stream.of(tool.name()), arguments(file).stream())
                .map(word -> word.contains(" ") ? "\"" + word + "\"" : word)
                .collect(Collectors.joining(" "));
    }

    /** What of the command no documentation vouches for. */
    public String unverified() {
        return users ? UNVERIFIED_DBIMPEXP : UNVERIFIED_LCSCMD;
    }

    private List<String> arguments(Path file) {
        return users
                ? CaptureUserData.importArguments(site, part, file)
                : LcsCmdTarget.of(site, part).importArguments(file);
    }

    private ToolExport.Order order() {
        return users ? CaptureUserData.order(site, part) : CaptureSettings.order(site, part);
    }

    /**
     * What an import of a set's export would change, found by exporting what is there now.
     *
     * @return a line for each value, or each user, that is another now; the later side is the set
     * @throws StepFault if what is there now cannot be exported, or not compared
     */
    public List<String> preview(StoredPart stored) {
        return withFolder(folder -> differences(stored, folder, new Unattended(LONG)));
    }

    private List<String> differences(StoredPart stored, Path folder, Work work) {
        var now = new ToolExport(site, tool).into(folder, order(), work);
        var file = file(stored);
        try {
            return users ? UserDataDifference.of(now, file) : XmlDifference.of(XmlTree.of(now), XmlTree.of(file));
        } catch (XmlReading.Malformed e) {
            throw new PermanentFault(
                    "what is there now cannot be compared with the set: it " + e.what(), "'verify' tells more");
        } catch (IOException e) {
            throw new TransientFault("cannot be read: " + e.getMessage(), "check the vault's volume", e);
        }
    }

    private static Path file(StoredPart stored) {
        return stored.setFolder().resolve(stored.part().artefacts().get(0).path());
    }

    /**
     * Imports a set's export, exports what is there then, and compares.
     *
     * @throws StepFault if the tool fails, or if afterwards anything is not as the set holds it
     */
    void run(StoredPart stored, Work work) {
        withFolder(folder -> {
            try {
                var copy = Files.copy(file(stored), folder.resolve("import.xml"));
                var ended = new ToolRun(new SafeEnvironment(site))
                        .run(tool.name(), tool.with(arguments(copy)), folder, work);
                if (ended.exit() != 0) {
                    throw new PermanentFault(
                            "%s ended with %d: %s".formatted(tool.name(), ended.exit(), ended.lastWords()),
                            "some of it may have been imported: 'restore' without --apply shows what differs; "
                                    + unverified());
                }
                requireAsStored(differences(stored, Disk.createFolders(folder.resolve("then")), work));
                return List.of();
            } catch (IOException e) {
                throw new TransientFault("cannot be copied: " + e.getMessage(), "check the vault and the disk", e);
            }
        });
    }

    private void requireAsStored(List<String> left) {
        if (!left.isEmpty()) {
            throw new PermanentFault(
                    "%s ended with 0, but %d values are not as the set holds them: %s%s"
                            .formatted(
                                    tool.name(),
                                    left.size(),
                                    left.stream().limit(5).collect(Collectors.joining("; ")),
                                    left.size() > 5 ? "; ..." : ""),
                    "was something changed meanwhile? 'restore' without --apply shows all that differs");
        }
    }

    private interface Use {
        List<String> in(Path folder);
    }

    /** A folder of its owner's alone, gone afterwards. */
    private static List<String> withFolder(Use use) {
        try {
            var folder = Files.createTempDirectory("poolkeeper-settings-");
            try {
                return new ArrayList<>(use.in(folder));
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw new TransientFault(
                    "no temporary folder can be made: " + e.getMessage(), "is the disk of temporary files full?", e);
        }
    }
}
