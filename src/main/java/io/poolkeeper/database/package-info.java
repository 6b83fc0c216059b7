/**
 * SQL Server databases: looked for in sys.databases, captured by BACKUP DATABASE, verified by what would restore them, and
 * restored under another name on another instance.
 *
 * <p>Message numbers decide, never texts: those are in the language of the server.
 *
 * <p>May import: schema, catalogue, site, step, set.
 */
@NullMarked
package io.poolkeeper.database;

import org.jspecify.annotations.NullMarked;
