// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.List;
import java.util.Set;

/**
 * A statement in H2's words.
 *
 * @param sql the text
 * @param values for its question marks, in order
 * @param database the database to run it in; null for the current one
 * @param variants the columns of its result, from 0, whose type is sql_variant
 */
public record Rewritten(String sql, List<Object> values, String database, Set<Integer> variants) {}
