// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of docs/architecture.md: imports point down this list. */
class ArchitectureTest {
    /** From top to bottom; packages of one line do not import each other. */
    private static final List<List<String>> HOUSE = List.of(
            List.of("cli"),
            List.of("web"),
            List.of("app"),
            List.of("notify"),
            List.of("proof"),
            List.of("run"),
            List.of("plan"),
            List.of("database", "share", "directory", "settings", "observed"),
            List.of("tool"),
            List.of("set"),
            List.of("step"),
            List.of("site"),
            List.of("catalogue"),
            List.of("schema"));

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.poolkeeper");
    }

    @TestFactory
    List<DynamicTest> importsPointDownTheList() {
        var tests = new java.util.ArrayList<DynamicTest>();
        for (var line = 0; line < HOUSE.size(); line++) {
            for (var room : HOUSE.get(line)) {
                var forbidden = new java.util.ArrayList<String>();
                HOUSE.subList(0, line).forEach(above -> above.forEach(name -> forbidden.add(packageOf(name))));
                HOUSE.get(line).stream()
                        .filter(other -> !other.equals(room))
                        .forEach(name -> forbidden.add(packageOf(name)));
                tests.add(DynamicTest.dynamicTest(
                        room,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(packageOf(room))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden.toArray(new String[0]))
                                .allowEmptyShould(true)
                                .check(all)));
            }
        }
        return tests;
    }

    @Test
    void camelAndJmsAreImportedInAppAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper..")
                .and()
                .resideOutsideOfPackages("io.poolkeeper.app..", "io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..", "jakarta.jms..", "org.apache.activemq..", "org.springframework..")
                .check(all);
    }

    @Test
    void eachKindKnowsOneOutsideWorld() {
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper..")
                .and()
                .resideOutsideOfPackages("io.poolkeeper.directory..", "io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.unboundid..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper..")
                .and()
                .resideOutsideOfPackages("io.poolkeeper.share..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hierynomus..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper..")
                .and()
                .resideOutsideOfPackages("io.poolkeeper.database..", "io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.microsoft..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper..")
                .and()
                .resideOutsideOfPackages("io.poolkeeper.database..", "io.poolkeeper.run..", "io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper..")
                .and()
                .resideOutsideOfPackages("io.poolkeeper.cli..", "io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(all);
    }

    @Test
    void labAndProductShareNoCode() {
        noClasses()
                .that()
                .resideInAPackage("io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOUSE.stream()
                        .flatMap(List::stream)
                        .map(ArchitectureTest::packageOf)
                        .toArray(String[]::new))
                .allowEmptyShould(true)
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.poolkeeper.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.poolkeeper.lab..")
                .check(all);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.poolkeeper.(*)..").should().beFreeOfCycles().check(all);
    }

    private static String packageOf(String room) {
        return "io.poolkeeper." + room + "..";
    }
}
