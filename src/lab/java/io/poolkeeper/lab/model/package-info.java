// SPDX-License-Identifier: Apache-2.0
/**
 * What the lab's OCS site consists of: domain, servers, SQL instances, shares, people and what they own. A pure function
 * of seed, edition and scale, so that the same people stand in the databases, in the directory, in the settings and in
 * the files. Everything here is a value; nothing opens a file or a port.
 */
@NullMarked
package io.poolkeeper.lab.model;

import org.jspecify.annotations.NullMarked;
