// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a folder really lies.
 *
 * @param host the host whose disks hold it, lower case
 * @param volume names its volume on that host
 */
record VaultPlace(String host, String volume) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]", "(local)", ".");

    /**
     * The place of a folder as this host sees it.
     *
     * @param path its absolute path; a UNC path names the host
     * @param store the file store's name: {@code /dev/sda1}, {@code nas:/export} or {@code //nas/share}
     */
    static VaultPlace of(String path, String store, String thisHost) {
        var mounted = store.replace('\\', '/');
        var unc = path.replace('\\', '/');
        for (var name : List.of(mounted, unc)) {
            if (name.startsWith("//") && name.length() > 2) {
                return new VaultPlace(lower(name.substring(2).split("/", 2)[0]), mounted);
            }
        }
        var colon = mounted.indexOf(":/");
        return colon > 1 // one letter is a drive
                ? new VaultPlace(lower(mounted.substring(0, colon)), mounted)
                : new VaultPlace(lower(thisHost), mounted);
    }

    /** Which of the protected hosts it is; empty if none. */
    Optional<String> among(List<String> hosts, String thisHost) {
        return hosts.stream().filter(other -> same(other, thisHost)).findFirst();
    }

    private boolean same(String other, String thisHost) {
        var name = lower(other);
        var real = LOOPBACK.contains(name) || name.startsWith("127.") ? lower(thisHost) : name;
        return host.equals(real) || simple(host).equals(simple(real));
    }

    /** The first label of a name; addresses stay whole. */
    private static String simple(String host) {
        return host.isEmpty() || Character.isDigit(host.charAt(0)) || host.indexOf('.') < 0
                ? host
                : host.substring(0, host.indexOf('.'));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
