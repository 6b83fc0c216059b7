// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.PermanentFault;
import java.io.File;
import java.nio.file.Path;

/**
 * A volume of this host.
 *
 * @param name as Windows' tools are told it, e.g. {@code D:}
 * @param root its topmost folder, e.g. {@code D:\}
 */
public record Volume(String name, Path root) {
    /**
     * The volume that a folder lies on.
     *
     * @throws PermanentFault if this is no Windows, or it lies on another server
     */
    public static Volume of(Path folder) {
        var root = folder.toAbsolutePath().getRoot();
        if (File.separatorChar != '\\' || root == null) {
            throw new PermanentFault(
                    "shadow copies are made by Windows, and this host runs another system",
                    "let a worker on the share's own server read it, or remove shadow");
        }
        if (!root.toString().matches("[A-Za-z]:\\\\")) {
            throw new PermanentFault(
                    folder + " lies on another server: shadow copies are made of a server's own volumes",
                    "give the share its path on its own server and a worker there, or remove shadow");
        }
        return new Volume(root.toString().substring(0, 2), root);
    }
}
