// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The domain controller that is asked.
 *
 * @param url {@code ldaps://host:port}, or {@code ldap://host:port} with {@code startTls}
 * @param startTls whether a plain connection is made safe before the bind; never false for {@code ldap://}
 * @param command the company's own way to back it up, for method {@code command}
 * @param controller the domain controller's own tools, and who runs them
 * @param trust PEM file of the certificate or authority to trust; the JVM's own store if absent
 */
public record DirectorySource(
        String url,
        boolean startTls,
        DirectoryLogin login,
        Optional<Path> trust,
        Optional<OwnCommand> command,
        Controller controller) {
    /** The tools of a domain controller that tell nothing else. */
    public static final Controller USUAL =
            new Controller(Site.LOCAL, "2008r2", List.of("ntdsutil"), List.of("samba-tool"));

    /**
     * Tools that run on a domain controller alone.
     *
     * @param worker who runs them: the worker on that host
     * @param os its Windows, as the site file names it
     * @param ntdsutil ntdsutil and its fixed first arguments
     * @param sambaTool samba-tool and its fixed first arguments
     */
    public record Controller(String worker, String os, List<String> ntdsutil, List<String> sambaTool) {}
}
