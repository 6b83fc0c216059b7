// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Messages;
import io.poolkeeper.app.TriggerFolder;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Camel's real file component on a real folder. */
class TriggerFolderRouteTest extends RouteTest {
    @TempDir
    static Path folder;

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/trigger-folder");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("parking", new Parking(story), "triggerFolder", new TriggerFolder());
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.trigger.folder", folder.toString());
    }

    @Test
    void asksForARunAndMovesTheFileToDone() throws IOException {
        write("ask.json", "{\"plan\": \"nightly\", \"key\": \"monday\"}");

        awaitFile("done/ask.json");

        assertThat(story).containsExactly("to poolkeeper.trigger");
        assertThat(messages.trigger(jms.bodies("poolkeeper.trigger").get(0)).key())
                .isEqualTo("monday");
        assertThat(folder.resolve("ask.json")).doesNotExist();
    }

    @Test
    void movesAFileThatMakesNoSenseToRefusedWithTheReasonBesideIt() throws IOException {
        write("wrong.json", "{\"plan\": 7}");

        awaitFile("refused/wrong.json");

        assertThat(folder.resolve("refused/wrong.json.reason.txt"))
                .content()
                .startsWith("wrong.json: ")
                .contains("plan must be string");
        assertThat(story)
                .singleElement()
                .asString()
                .startsWith("keep trigger folder: ")
                .endsWith("{\"plan\": 7}");
        assertThat(jms.sent()).isEmpty();
    }

    @Test
    void refusesAFileThatIsTooLongAndReadsNoMoreOfItThanAMessageMayHave() throws IOException {
        write("long.json", "{\"plan\": \"nightly\"}" + " ".repeat(3 * Messages.LONGEST));

        awaitFile("refused/long.json");

        assertThat(folder.resolve("refused/long.json.reason.txt")).content().contains("at most " + Messages.LONGEST);
        assertThat(story).singleElement().asString().hasSizeLessThan(Messages.LONGEST + 200);
    }

    @Test
    void leavesAFileThatTheBrokerDoesNotTakeWhereItIsAndSendsItAgainUnderTheSameKey() throws IOException {
        answers.put("poolkeeper.trigger", exchange -> {
            answers.clear(); // what was sent may have reached the broker all the same
            throw new JMSException("Transaction completion in doubt due to failover");
        });
        write("full.json", "{\"plan\": \"nightly\"}");

        awaitFile("done/full.json");

        var triggers = jms.bodies("poolkeeper.trigger");
        assertThat(triggers).hasSize(2);
        assertThat(triggers.get(1)).isEqualTo(triggers.get(0));
        assertThat(messages.trigger(triggers.get(0)).key()).isNotNull();
        assertThat(folder.resolve("refused/full.json")).doesNotExist();
        assertThat(story).containsExactly("to poolkeeper.trigger", "to poolkeeper.trigger");
    }

    @Test
    void startsAnotherRunForTheNextFileOfTheSameNameAndTime() throws IOException {
        for (var round = 1; round <= 2; round++) {
            write("again.tmp", "{\"plan\": \"nightly\"}");
            Files.setLastModifiedTime(folder.resolve("again.tmp"), FileTime.from(NOON)); // a copy may keep it
            Files.move(folder.resolve("again.tmp"), folder.resolve("again.json"));
            awaitFile("done/again.json");
            Files.delete(folder.resolve("done/again.json"));
        }

        assertThat(jms.bodies("poolkeeper.trigger"))
                .extracting(body -> messages.trigger(body).key())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void leavesFilesAloneThatAreNotJson() throws IOException {
        write("notes.txt", "{\"plan\": \"nightly\"}");
        write("later.json", "{\"plan\": \"nightly\"}");

        awaitFile("done/later.json");

        assertThat(folder.resolve("notes.txt")).exists();
        assertThat(jms.sent()).hasSize(1);
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static void awaitFile(String name) {
        Awaitility.await(name).atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve(name)));
    }
}
