/**
 * The lab's Active Directory: an in-memory LDAP server over LDAPS, seeded as OCS 2007 R2 leaves a forest and behaving as a domain
 * controller does where a client can tell: nothing but the root DSE without a bind, pages of at most 1,000 objects, ranges
 * of at most 1,500 values, security descriptors on request alone, partitions apart from each other.
 */
@NullMarked
package io.poolkeeper.lab.directory;

import org.jspecify.annotations.NullMarked;
