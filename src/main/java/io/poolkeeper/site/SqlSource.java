// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One SQL Server instance.
 *
 * @param key its name in the site file
 * @param url a JDBC URL without user and password, e.g. {@code jdbc:sqlserver://sql1;encrypt=true}
 * @param user the login; absent for integrated authentication
 * @param password where the login's password is
 * @param authentication {@code sql}, {@code windows}, {@code ntlm} or {@code kerberos}
 * @param pool the pool whose databases it holds; absent if it serves drills alone, or holds those of all pools
 * @param backupDirectory the folder for backups as SQL Server's service account sees it
 * @param collectFrom the same folder as the worker sees it
 * @param databases catalogue name in lower case to the name that an administrator chose
 * @param parallel how many backups may run on it at once, at least 1
 * @param drill the key of the instance on which its databases are restored for proof
 * @param foreignChain whether another product owns the chain of its backups, so that ours are copy-only
 * @param drillOnly whether it holds no part and serves drills alone
 * @param method how its databases are captured; for sqlcmd that is also how it is asked
 * @param sqlcmd the program sqlcmd and its fixed first arguments
 * @param worker the worker that captures its databases; restores and drills are the coordinator's
 */
public record SqlSource(
        String key,
        String url,
        Optional<String> user,
        Optional<SecretRef> password,
        String authentication,
        Optional<String> pool,
        String backupDirectory,
        Path collectFrom,
        Map<String, String> databases,
        int parallel,
        Optional<String> drill,
        boolean foreignChain,
        boolean drillOnly,
        Method method,
        List<String> sqlcmd,
        String worker) {

    private static final Pattern URL =
            Pattern.compile("jdbc:sqlserver://([^;:\\\\/]*)(?:\\\\([^;:]+))?(?::([0-9]+))?.*");

    /** Whether sqlcmd reaches it, and not Java's driver. */
    public boolean bySqlcmd() {
        return method == Method.SQLCMD;
    }

    /** The host in the URL, lower case; empty if it names none. */
    public String host() {
        var match = URL.matcher(url);
        var named = match.matches() ? match.group(1) : "";
        return (named.isEmpty()
                        ? property("servername").or(() -> property("server")).orElse("")
                        : named)
                .toLowerCase(Locale.ROOT);
    }

    /** The instance's name in the URL. */
    public Optional<String> instance() {
        var match = URL.matcher(url);
        return Optional.ofNullable(match.matches() ? match.group(2) : null).or(() -> property("instancename"));
    }

    /** As sqlcmd's -S wants it: {@code host}, {@code host\\instance}, or {@code host,port} if the URL has a port. */
    public String server() {
        return host()
                + port().map(number -> "," + number)
                        .or(() -> instance().map(name -> "\\" + name))
                        .orElse("");
    }

    /** Whether the URL says which port, so that SQL Server Browser is not asked. */
    public boolean hasPort() {
        return port().isPresent();
    }

    private Optional<String> port() {
        var match = URL.matcher(url);
        return Optional.ofNullable(match.matches() ? match.group(3) : null).or(() -> property("portnumber"));
    }

    private Optional<String> property(String name) {
        return Stream.of(url.split(";", -1))
                .skip(1)
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2
                        && pair[0].strip().toLowerCase(Locale.ROOT).equals(name))
                .map(pair -> pair[1].strip().replaceAll("^\\{|\\}$", ""))
                .findFirst();
    }

    /** A file of {@link #backupDirectory} as SQL Server's service account sees it, with that system's separator. */
    public String seenByServer(String fileName) {
        var separator = backupDirectory.contains("\\") ? "\\" : "/";
        return backupDirectory.endsWith(separator)
                ? backupDirectory + fileName
                : backupDirectory + separator + fileName;
    }
}
