// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/**
 * One column of a result.
 *
 * @param name its name, empty where the statement gave none
 * @param type its type
 */
public record Column(String name, SqlType type) {}
