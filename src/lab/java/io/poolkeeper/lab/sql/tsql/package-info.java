// SPDX-License-Identifier: Apache-2.0
/**
 * The language: Transact-SQL taken apart by hand. A {@link io.poolkeeper.lab.sql.tsql.Lexer} makes words of text, a {@link
 * io.poolkeeper.lab.sql.tsql.Parser} makes {@link io.poolkeeper.lab.sql.tsql.Statement statements} of words, and {@link
 * io.poolkeeper.lab.sql.tsql.H2Dialect} turns what H2 can run into H2's words. Nothing here runs anything.
 */
package io.poolkeeper.lab.sql.tsql;
