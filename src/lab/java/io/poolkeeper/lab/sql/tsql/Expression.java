// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.List;

/**
 * An expression that only H2 understands.
 *
 * @param tokens its words
 */
public record Expression(List<Token> tokens) {}
