// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * An image that wbadmin took.
 *
 * @param target as wbadmin was told it: a folder of this image alone, or a volume
 * @param version its identifier at the target
 * @param include the volumes and folders in it
 * @param mark what whoever had it taken noted before; 0 if nothing
 */
public record WindowsImage(String target, String version, List<String> include, long mark) {
    /** What stands for the volumes and folders in a system state. */
    public static final String SYSTEM_STATE = "system state";

    /** When it was begun, to the minute. */
    public Instant begun() {
        return ImageVersions.instant(version);
    }

    /** Where it lies, for a person. */
    public String where() {
        return target + ", version " + version;
    }

    /** Whether everything of a list is in it. */
    boolean covers(List<String> wanted) {
        return include.containsAll(wanted);
    }

    /** How a person has it back, with Windows' own tools. */
    public String recovery() {
        if (include.contains(SYSTEM_STATE)) {
            return "start the domain controller in Directory Services Restore Mode, then  wbadmin start systemstaterecovery"
                    + " -version:" + version + " -backupTarget:\"" + target + "\"";
        }
        return "wbadmin start recovery -version:" + version + " -backupTarget:\"" + target
                + "\" -itemType:File -items:\"" + String.join(",", include)
                + "\" -recursive -recoveryTarget:<empty folder>";
    }

    /** Adds itself to what is recorded of a part. */
    public void write(ObjectNode recorded) {
        recorded.put("target", target).put("version", version).put("how", recovery());
        var items = recorded.putArray("include");
        include.forEach(items::add);
    }
}
