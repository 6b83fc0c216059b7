/**
 * What stands in the databases of the lab's site. The table names follow OCS 2007 R2 where they are known and are plausible
 * elsewhere; a backup must not care. The rows use every kind of column that can go wrong on the way: text in other scripts,
 * long text, binary, GUIDs, times, decimals and NULL.
 */
@NullMarked
package io.poolkeeper.lab.database;

import org.jspecify.annotations.NullMarked;
