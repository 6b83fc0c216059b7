// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom inside the stand-in, as package-info says. */
class PackagesTest {
    private static final String ROOT = "io.poolkeeper.lab.sql";

    private static final JavaClasses STAND_IN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session|session",
                "media|media",
                "tds|tds session",
                "tsql|tsql session",
                "engine|engine session tsql",
                "backup|backup engine media session tsql"
            })
    void knowOnlyTheirNeighbours(String of, String allowed) {
        for (var other : new String[] {"session", "media", "tds", "tsql", "engine", "backup"}) {
            if (!allowed.contains(other)) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + of)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + other)
                        .check(STAND_IN);
            }
        }
    }

    @Test
    void shareNoCodeWithTheProduct() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of the product",
                        type -> type.getPackageName().startsWith("io.poolkeeper.")
                                && !type.getPackageName().startsWith("io.poolkeeper.lab")))
                .check(STAND_IN);
    }
}
