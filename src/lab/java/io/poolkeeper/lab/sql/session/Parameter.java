// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/**
 * One parameter of a request.
 *
 * @param name its name with the at sign, e.g. {@code @P0}; empty where the client names it by position only
 * @param type its type
 * @param value its value: null, a boxed number, Boolean, BigDecimal, String, byte[], UUID or a class of java.time
 * @param output whether the client wants it back
 */
public record Parameter(String name, SqlType type, Object value, boolean output) {}
