// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The domain controller that is asked.
 *
 * @param url {@code ldaps://host:port}, or {@code ldap://host:port} with {@code startTls}
 * @param startTls whether a plain connection is made safe before the bind; never false for {@code ldap://}
 * @param command the company's own way to back it up, for method {@code command}
 * @param trust PEM file of the certificate or authority to trust; the JVM's own store if absent
 */
public record DirectorySource(
        String url,
        boolean startTls,
        String bindDn,
        SecretRef password,
        Optional<Path> trust,
        Optional<OwnCommand> command) {}
