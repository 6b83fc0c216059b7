// SPDX-License-Identifier: Apache-2.0
/**
 * A stand-in for SQL Server: a server that speaks TDS over an H2 engine, so that the product can really back up and
 * restore databases with the driver that it uses against the real one. {@link io.poolkeeper.lab.sql.SqlServerStandIn} is
 * the way in.
 *
 * <p>Packages and who may use whom: {@code tds} and {@code engine} know {@code session}, which is all that they know of
 * each other; {@code engine} knows {@code tsql}; {@code backup} knows {@code engine} and {@code media}. Only this package
 * knows all of them.
 */
package io.poolkeeper.lab.sql;
