// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.session.SqlType;
import java.util.List;
import java.util.Optional;

/** What a statement finds around itself when it is rewritten for H2. */
public interface Scope {
    /** A variable's type and value. */
    record Binding(SqlType type, Object value) {}

    /** The variable of that name (lower case, with its at sign), or null if it was never declared. */
    Binding variable(String name);

    /** The value of a name with two at signs (upper case), a String or a number; nothing if it is unknown. */
    Optional<Object> global(String name);

    /** The current database. */
    String database();

    /** Whether there is a database of that name. */
    boolean isDatabase(String name);

    /** Whether a view of schema sys says the same in every database. */
    boolean isServerWide(String view);

    /** The H2 function that carries out a system function (upper case), with its first arguments; null if none does. */
    String systemFunction(String name);

    /**
     * The value of a function that is of type sql_variant, such as SERVERPROPERTY, for these arguments; null for NULL.
     * Nothing if the function (upper case) is not of that type.
     */
    Optional<Variant> variant(String function, List<String> arguments);

    /** A value that may be null. */
    record Variant(Object value) {}
}
