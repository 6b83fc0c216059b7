// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One share that the site file names.
 *
 * @param key its name in the site file
 * @param path a folder as the worker sees it; absent if it is reached by {@link #url}
 * @param url {@code smb://host/share}; absent if it is reached by {@link #path}
 * @param user {@code user}, {@code user@domain} or, with a backslash, domain and user; there if {@link #url} is
 * @param password there if {@link #url} is
 * @param role what it holds, in the catalogue's words
 * @param pool the pool it belongs to
 * @param worker the worker that reads it
 * @param watch absent if no change of it starts a run
 * @param shadow what makes the shadow copy that it is read from
 * @param command the company's own way to back it up; absent if it is captured by the company's standard
 */
public record ShareSource(
        String key,
        Optional<Path> path,
        Optional<String> url,
        Optional<String> user,
        Optional<SecretRef> password,
        String role,
        Optional<String> pool,
        String worker,
        Optional<Watch> watch,
        Optional<OwnCommand> command,
        ShadowTools.Way shadow) {
    /** {@code smb://host[:port]/share[/folder]}, without percent-encoding. */
    public static final Pattern SMB_URL =
            Pattern.compile("smb://(?<host>\\[[0-9a-fA-F:.]+]|[^/:@\\[\\]\\\\]+)(:(?<port>[0-9]{1,5}))?"
                    + "/(?<share>[^/\\\\]+)(?<folder>/[^\\\\]*)?");

    /**
     * When a change starts a run.
     *
     * @param quiet how long nothing may have changed before it does
     * @param atMost how long that is waited for although it is never quiet
     * @param notOftenerThan the least time between two runs
     * @param scan how often the share is compared with what the vault holds, whatever was heard
     * @param plan the plan that such a run is one of; absent for the first that captures the share
     */
    public record Watch(
            Duration quiet, Duration atMost, Duration notOftenerThan, Duration scan, Optional<String> plan) {}
}
