// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The restore kit: what a person on a bare Windows machine needs to restore this set with Windows' and SQL Server's own
 * tools, in dependency order, without Poolkeeper. CRLF text.
 *
 * <p>The order is that of the product's resource kit: directory, databases, shares, settings, user data.
 */
final class RestoreKit {
    private static final String IMPORT_USER_DATA =
            "   dbimpexp.exe /import /hrxmlfile:<xml> /restype:user   (Enterprise: add /sqlserver:<back end>)\n";
    private static final String IMPORT_SETTINGS = """
               LCSCmd /config /action:import /level:<as exported> /configfile:<xml> /restore:true /poolname:<pool> or /fqdn:<server>
               (the import's options are from memory: check  LCSCmd /config /?  on the server first)
            """;

    private static final String OWN_COMMAND =
            "   The company's own command left these files; restore them with the product that made them.\n";

    /** How people use what a program other than ours left of the directory. */
    private static final Map<Method, String> BY_OTHERS = Map.of(
            Method.COMMAND,
            OWN_COMMAND,
            Method.SAMBA_TOOL,
            "   samba-tool domain backup restore --backup-file=<file> --newservername=<a new name> --targetdir=<empty folder>\n",
            Method.IFM,
            """
               Media to install a further domain controller from (Active%20Directory becomes 'Active Directory' again):
               dcpromo /adv, or Install-ADDSDomainController -InstallationMediaPath. It is no restorable backup.
            """,
            Method.SNAPSHOT,
            """
               A note of a snapshot that lies on the domain controller's own disk, to look into while it lives (the file says
               how: mount, dsamain, ldifde). It is no restorable backup.
            """);

    private final Vault vault;
    private final Manifest manifest;

    RestoreKit(Vault vault, Manifest manifest) {
        this.vault = vault;
        this.manifest = manifest;
    }

    /** Path within the set to text. */
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        of(Kind.DATABASE).stream().map(this::kit).forEach(kit -> pages.put(kit.path(), crlf(kit.sql())));
        pages.put("RESTORE.txt", crlf(guide()));
        return pages;
    }

    private List<Manifest.Part> of(Kind kind) {
        return manifest.parts().stream()
                .filter(part -> part.kind() == kind && part.captured())
                .sorted(Comparator.comparing(Manifest.Part::part))
                .toList();
    }

    private DatabaseKit kit(Manifest.Part part) {
        return new DatabaseKit(new PartCheck.StoredPart(vault, vault.set(manifest.set()), manifest, part));
    }

    private String guide() {
        var text = new StringBuilder();
        text.append("RESTORE GUIDE for set ")
                .append(manifest.set())
                .append(" of site ")
                .append(manifest.site())
                .append("\n\n")
                .append("Everything here is done with Windows' and SQL Server's own tools.\n")
                .append("First check the files:  certutil -hashfile <file> SHA256  and compare with SHA256SUMS.\n")
                .append("Names, DNS, paths and accounts of the new servers must equal the old ones.\n\n");
        var number = 1;
        number = directory(text, number);
        number = databases(text, number);
        number = shares(text, number);
        settings(text, number);
        elsewhere(text);
        text.append("\nNOT in this set:\n");
        manifest.parts().stream()
                .filter(part -> !part.held())
                .forEach(part -> text.append("  ")
                        .append(part.part())
                        .append("  ")
                        .append(part.disposition().word())
                        .append(": ")
                        .append(part.cause() != null ? part.cause() : String.valueOf(part.reason()))
                        .append('\n'));
        return text.toString();
    }

    /** Another product's backups are restored by that product, or by hand from where they lie. */
    private void elsewhere(StringBuilder text) {
        var parts = manifest.parts().stream()
                .filter(part -> ObservedBackup.of(part).isPresent())
                .toList();
        if (!parts.isEmpty()) {
            text.append("\nBACKED UP BY ANOTHER PRODUCT; this set holds no copy, only what was seen on ")
                    .append(manifest.finished())
                    .append(":\n");
        }
        for (var part : parts) {
            var backup = ObservedBackup.of(part).orElseThrow();
            text.append("  ")
                    .append(part.part())
                    .append("\n     made by ")
                    .append(backup.who())
                    .append(", finished ")
                    .append(backup.finished())
                    .append("\n     lies in ")
                    .append(backup.where())
                    .append('\n');
        }
    }

    private int directory(StringBuilder text, int first) {
        var number = first;
        for (var part : of(Kind.DIRECTORY)) {
            text.append(number++).append(". ").append(part.part()).append('\n');
            var own = BY_OTHERS.get(part.method());
            if (own != null) {
                text.append(own);
                artefacts(text, part);
                continue;
            }
            text.append("   The LDIF files hold the OCS objects as text (gunzip them first, e.g. with 7-Zip).\n")
                    .append(
                            "   An LDIF brings back no GUID, SID or password: restore Active Directory itself from its\n")
                    .append(
                            "   system state; use these files to look up and to re-create single objects with ldifde -i.\n");
            artefacts(text, part);
        }
        return number;
    }

    private int databases(StringBuilder text, int first) {
        var number = first;
        for (var part : of(Kind.DATABASE)) {
            text.append(number++)
                    .append(". ")
                    .append(part.part())
                    .append('\n')
                    .append(kit(part).guide());
        }
        return number;
    }

    private int shares(StringBuilder text, int first) {
        var number = first;
        for (var part : of(Kind.SHARE)) {
            text.append(number++).append(". ").append(part.part());
            if (part.base() != null) {
                text.append("  (incremental: restore set ").append(part.base()).append(" first)");
            }
            text.append('\n')
                    .append(
                            part.method() == Method.COMMAND
                                    ? OWN_COMMAND
                                    : "   unpack every ZIP file of the share into its folder (Explorer: Extract All).\n");
            artefacts(text, part);
        }
        return number;
    }

    private void settings(StringBuilder text, int first) {
        var number = first;
        for (var part : of(Kind.SETTINGS)) {
            text.append(number++)
                    .append(". ")
                    .append(part.part())
                    .append('\n')
                    .append(part.method() == Method.DBIMPEXP ? IMPORT_USER_DATA : IMPORT_SETTINGS);
            artefacts(text, part);
        }
    }

    private static void artefacts(StringBuilder text, Manifest.Part part) {
        part.artefacts()
                .forEach(a -> text.append("     ")
                        .append(a.path().replace('/', '\\'))
                        .append("  ")
                        .append(a.size())
                        .append(" bytes\n"));
        text.append('\n');
    }

    private static String crlf(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
