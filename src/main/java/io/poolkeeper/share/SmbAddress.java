// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.site.ShareSource;
import io.poolkeeper.step.PermanentFault;

/**
 * What {@code smb://host[:port]/share[/folder]} names.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port TCP
 * @param share its name on the server
 * @param folder in the share, with forward slashes; empty for all of it
 */
record SmbAddress(String host, int port, String share, String folder) {
    private static final int STANDARD_PORT = 445;

    /**
     * Reads an address. There is no percent-encoding in it: a name with a blank is written with a blank.
     *
     * @throws PermanentFault if it is none; the site file's check has refused that before
     */
    static SmbAddress of(String url) {
        var parts = ShareSource.SMB_URL.matcher(url);
        if (!parts.matches()) {
            throw new PermanentFault(
                    url + " is no address of a share", "write smb://host/share or smb://host/share/folder");
        }
        var host = parts.group("host").replaceAll("[\\[\\]]", "");
        var port = parts.group("port") == null ? STANDARD_PORT : Integer.parseInt(parts.group("port"));
        var folder = parts.group("folder") == null ? "" : parts.group("folder");
        return new SmbAddress(host, port, parts.group("share"), folder.replaceAll("^/+|/+$", ""));
    }

    /** The path within the share as the server wants it. */
    String at(String path) {
        var whole = path.isEmpty() ? folder : SharePath.in(folder, path);
        return whole.replace('/', '\\');
    }

    /** For messages. */
    String server() {
        return port == STANDARD_PORT ? host : host + ":" + port;
    }

    /** As it is written in a site file. */
    @Override
    public String toString() {
        return "smb://" + server() + "/" + share + (folder.isEmpty() ? "" : "/" + folder);
    }
}
