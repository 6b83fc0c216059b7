// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A grammar that lab and product shared would make their tests agree with themselves. */
@AnalyzeClasses(packages = "io.poolkeeper", importOptions = ImportOption.DoNotIncludeTests.class)
class LabIsolationTest {
    private static final String LAB = "io.poolkeeper.lab";

    private static final DescribedPredicate<JavaClass> LAB_CLASS = DescribedPredicate.describe(
            "of the lab", type -> type.getPackageName().startsWith(LAB));
    private static final DescribedPredicate<JavaClass> PRODUCT_CLASS = DescribedPredicate.describe(
            "of the product",
            type -> type.getPackageName().startsWith("io.poolkeeper")
                    && !type.getPackageName().startsWith(LAB));

    @ArchTest
    static final ArchRule THE_LAB_KNOWS_NOTHING_OF_THE_PRODUCT =
            noClasses().that(LAB_CLASS).should().dependOnClassesThat(PRODUCT_CLASS);

    @ArchTest
    static final ArchRule THE_PRODUCT_KNOWS_NOTHING_OF_THE_LAB =
            noClasses().that(PRODUCT_CLASS).should().dependOnClassesThat(LAB_CLASS);
}
