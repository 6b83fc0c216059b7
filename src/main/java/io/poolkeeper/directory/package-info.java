/**
 * Active Directory: what OCS keeps there is found, exported as LDIF by paged searches over an encrypted connection,
 * read again as a restore would, and restored into a directory in memory to be compared.
 *
 * <p>Here alone is LDAP spoken; {@link io.poolkeeper.directory.LdapFaults} sorts its result codes into the two faults.
 *
 * <p>May import: schema, catalogue, site, step, set.
 */
@NullMarked
package io.poolkeeper.directory;

import org.jspecify.annotations.NullMarked;
