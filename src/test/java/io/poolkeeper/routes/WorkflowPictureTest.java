// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.schema.Home;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class WorkflowPictureTest {
    private static final Path PICTURE = Home.folder().resolve("docs/workflow.svg");
    private static final String REDRAW = "poolkeeper.redraw";

    private final RouteFiles files = RouteFiles.in(Home.file("routes"));
    private final String drawn = WorkflowPicture.of(files);

    @Test
    void theCommittedPictureShowsTheRoutesAsTheyAreNow() throws IOException {
        if (Boolean.getBoolean(REDRAW)) {
            Files.createDirectories(PICTURE.getParent());
            Files.writeString(PICTURE, drawn);
        }

        assertThat(PICTURE)
                .as("docs/workflow.svg; redraw it with: mvn test -Dtest=WorkflowPictureTest -D%s=true", REDRAW)
                .hasContent(drawn);
    }

    @Test
    void showsEveryRouteThatWaitsForSomethingAndEveryQueue() {
        assertThat(files.endpoints())
                .filteredOn(endpoint ->
                        endpoint.word().equals("from") && !endpoint.scheme().equals("direct"))
                .allSatisfy(endpoint ->
                        assertThat(drawn).contains(">" + endpoint.route().id() + "<"));
        assertThat(files.endpoints())
                .filteredOn(endpoint ->
                        endpoint.scheme().equals("jms") && !endpoint.target().equals("poolkeeper.reply"))
                .allSatisfy(endpoint -> assertThat(drawn)
                        .contains(endpoint.destination().replace("<", "&lt;").replace(">", "&gt;") + "</text>"));
    }

    @Test
    void isWellFormedAndFetchesNothing() throws Exception {
        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(drawn)))
                .getDocumentElement();

        assertThat(svg.getAttribute("width")).isEqualTo("900");
        assertThat(drawn).doesNotContain("href", "url(", "<style", "<script", "<image");
    }
}
