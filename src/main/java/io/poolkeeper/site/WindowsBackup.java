// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Windows Server Backup takes images, on each server whose parts have the method {@code wbadmin}.
 *
 * @param program wbadmin and its fixed first arguments
 * @param vssadmin vssadmin and its fixed first arguments
 * @param target where images lie, as those servers see it: a share, a folder or a volume
 * @param full whether the applications' logs are truncated and differentials count from the image ({@code -vssFull})
 * @param wholeVolumes whether the volumes that hold a part are taken instead of its folders
 * @param fullServer whether all volumes of the server are taken, with what it needs to start ({@code -allCritical})
 */
public record WindowsBackup(
        List<String> program,
        List<String> vssadmin,
        Optional<String> target,
        boolean full,
        boolean wholeVolumes,
        boolean fullServer) {
    /** What nobody gets back from an image of a server, or not by itself. */
    public static final String NOT_IN_IT =
            "Active Directory; and what cannot be had back from it by itself: settings of Group Chat, virtual servers of"
                    + " Communicator Web Access, certificates with their private keys";

    private static final Pattern VOLUME = Pattern.compile("[A-Za-z]:\\\\?");
    private static final Pattern SHARE = Pattern.compile("\\\\\\\\[^\\\\/,]+\\\\[^\\\\/,]+.*");

    /** Whether images lie on a volume of the server itself, which keeps many versions; a share keeps one. */
    public boolean onVolume() {
        return target.map(place -> VOLUME.matcher(place).matches()).orElse(false);
    }

    /** Whether wbadmin can be told the target at all. */
    boolean isTold() {
        return onVolume()
                || target.map(place -> SHARE.matcher(place).matches() || place.startsWith("/"))
                        .orElse(false);
    }

    /** Whether a server has wbadmin: Windows Server 2003 has NTBackup. */
    public static boolean has(String os) {
        return !os.startsWith("2003");
    }

    /** Whether wbadmin of a server takes folders; that of 2008 takes whole volumes alone. */
    public static boolean takesFolders(String os) {
        return has(os) && !os.equals("2008");
    }

    /** How wbadmin is installed. */
    public static String installation(String os) {
        return switch (os) {
            case "2003", "2003r2" -> "there is none for Windows Server " + os;
            case "2008" -> "servermanagercmd -install Backup";
            case "2008r2" -> "servermanagercmd -install Backup  or, in PowerShell,  Add-WindowsFeature Backup-Features";
            default -> "in PowerShell:  Install-WindowsFeature Windows-Server-Backup";
        };
    }
}
