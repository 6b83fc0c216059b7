// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the vault is judged and restored without the tools. */
class RestoreSettingsTest {
    private static final String PART = "settings:global-pool/ocs2007";
    private static final String FILE = "settings/ocs2007-globalandpool.xml";

    @TempDir
    Path folder;

    private SettingsRun run;

    @BeforeEach
    void makeATool() {
        run = SettingsRun.standard(folder, StandIn.writing(StandIn.SETTINGS));
    }

    @Test
    void provesTheContentOfAWholeExport() {
        run.publish(PART, run.capture(PART));

        var judged = run.verify(PART);

        assertThat(judged.verdict()).as("%s", judged).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
    }

    @Test
    void findsAFlippedByte() throws IOException {
        run.publish(PART, run.capture(PART));
        Files.writeString(
                run.published(FILE), Files.readString(run.published(FILE)).replace("A=\"1\"", "A=\"2\""));

        assertThat(run.verify(PART).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(run.restore(PART, Action.RESTORE, false).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(run.work.sandbox()).doesNotExist();
    }

    @Test
    void findsAChangedValueThatWasHashedAfterTheChange() throws IOException {
        run.publish(PART, replaced(StandIn.SETTINGS.replace(">x<", ">y<")));

        assertThat(run.verify(PART).damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("values"));
    }

    @Test
    void countsWhatIsMissing() throws IOException {
        run.publish(PART, replaced("<Settings level=\"global,pool\"/>"));

        assertThat(run.verify(PART).damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("1 elements", "recorded are 3"));
    }

    @Test
    void findsWhatIsNotXmlAnyMore() throws IOException {
        run.publish(PART, replaced("<Settings>"));

        assertThat(run.verify(PART).damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("not well-formed"));
    }

    @Test
    void leavesACopyInTheSandboxAfterARestore() {
        run.publish(PART, run.capture(PART));

        var judged = run.restore(PART, Action.RESTORE, false);

        assertThat(judged.verdict()).as("%s", judged).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.RESTORED);
        assertThat(judged.where()).isEqualTo(run.work.sandbox().toString());
        assertThat(run.work.sandbox().resolve("ocs2007-globalandpool.xml")).hasSameBinaryContentAs(run.published(FILE));
    }

    @Test
    void leavesNothingBehindAfterADrill() {
        run.publish(PART, run.capture(PART));

        assertThat(run.restore(PART, Action.DRILL, false).where()).isNull();
        assertThat(run.work.sandbox()).doesNotExist();
    }

    private Captured replaced(String xml) throws IOException {
        var captured = run.capture(PART);
        var file = Files.writeString(run.work.attemptFolder().resolve(FILE), xml);
        return new Captured(
                List.of(new Artefact(FILE, Files.size(file), Hashes.sha256(file))),
                captured.recorded(),
                captured.tools(),
                captured.level(),
                null,
                List.of());
    }
}
