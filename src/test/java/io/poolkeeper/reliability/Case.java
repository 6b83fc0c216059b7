// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that is a row of the matrix in docs/reliability.md; its class is extended with {@link Matrix}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Case {
    /** What happens. */
    String value();

    /** What must hold then. */
    String holds();
}
