/**
 * The file shares of the lab's site: what lies in them is decided first, as data, and then written fast. Among it are the
 * things that backups stumble over: empty folders, an empty file, names outside ASCII, a path beyond 260 characters.
 */
@NullMarked
package io.poolkeeper.lab.shares;

import org.jspecify.annotations.NullMarked;
