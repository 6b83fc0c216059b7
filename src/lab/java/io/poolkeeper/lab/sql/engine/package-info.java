// SPDX-License-Identifier: Apache-2.0
/**
 * The engine: instances with their databases, sessions and system views. Each SQL Server database is an H2 database in
 * memory; what H2 cannot do, the engine does itself. Answers go to {@link io.poolkeeper.lab.sql.session.Results}; nothing
 * here knows a packet.
 */
package io.poolkeeper.lab.sql.engine;
