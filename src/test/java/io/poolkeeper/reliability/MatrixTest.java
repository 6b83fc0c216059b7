// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** Whether the matrix of docs/reliability.md names the cases that there are; what they saw they hold against it themselves. */
class MatrixTest {
    @Test
    void thePageNamesEachCaseOnceAndNoOther() throws IOException {
        var tests = ReflectionSupport.findAllClassesInPackage(
                "io.poolkeeper",
                type -> !Matrix.cases(type).isEmpty(),
                name -> name.endsWith("Test") || name.endsWith("IT"));
        var cases = tests.stream()
                .flatMap(type -> Matrix.cases(type).stream().map(name -> type.getSimpleName() + ": " + name))
                .toList();
        var rows = Matrix.rows().stream()
                .map(row -> row.test() + ": " + row.what())
                .toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(cases);
    }

    @Test
    void aRowIsReadAsItWasWritten() {
        var row = new Matrix.Row("it breaks", "it holds", "exit 0", "1.2 s", "FaultsIT");

        assertThat(Matrix.Row.of(row.line())).isEqualTo(row);
        assertThat(Stream.of(row.line().split("\\|", -1))).hasSize(7);
    }
}
