// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import java.util.List;

/**
 * What a client asks for in one go.
 *
 * @param text the statements
 * @param declaration how the statements name their parameters, as {@code sp_executesql} takes it:
 *     {@code @P0 nvarchar(4000), @P1 int OUTPUT}; empty where there are none
 * @param parameters their values, in the declaration's order where they bear no names
 */
public record Batch(String text, String declaration, List<Parameter> parameters) {
    /** A batch without parameters. */
    public static Batch of(String text) {
        return new Batch(text, "", List.of());
    }
}
