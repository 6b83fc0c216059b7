// SPDX-License-Identifier: Apache-2.0
/**
 * Stand-in for sqlcmd, SQL Server's command-line client, as a program of its own. It takes the options that the real one
 * documents and prints what the real one prints, and it plays the old native client: it reaches servers that Java's driver,
 * as the product uses it, does not.
 */
@NullMarked
package io.poolkeeper.lab.sqlcmd;

import org.jspecify.annotations.NullMarked;
