// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.Locale;

/** What {@code SERVERPROPERTY} and {@code @@VERSION} tell of an instance. */
final class ServerProperties {
    private ServerProperties() {}

    /** The property of that name, a String or an Integer; null for one that this version does not know. */
    static Object get(String name, InstanceProfile profile) {
        var version = profile.version();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "productversion" -> version.text();
            case "productlevel" -> version.level();
            case "productmajorversion" -> since(11, profile, Integer.toString(version.major()));
            case "productminorversion" -> since(11, profile, Integer.toString(version.minor()));
            case "productbuild" -> since(11, profile, Integer.toString(version.build()));
            case "resourceversion" -> version.text();
            case "edition" -> profile.edition().label(version);
            case "engineedition" -> profile.edition().engine();
            case "editionid" -> profile.edition().id();
            case "servername" -> profile.serverName();
            case "machinename", "computernamephysicalnetbios" -> profile.machine();
            case "instancename" -> profile.instance();
            case "collation" -> profile.collation();
            case "collationid" -> 872468488;
            case "comparisonstyle" -> 196609;
            case "lcid" -> 1033;
            case "sqlcharset" -> 1;
            case "sqlcharsetname" -> "iso_1";
            case "sqlsortorder" -> 52;
            case "sqlsortordername" -> "nocase_iso";
            case "isintegratedsecurityonly", "isclustered", "issingleuser" -> 0;
            case "isfulltextinstalled" -> 0;
            case "ishadrenabled", "isxtpsupported", "islocaldb" -> since(11, profile, 0);
            case "licensetype" -> "DISABLED";
            case "processid" -> 1433;
            case "buildclrversion" -> version.atLeast(11) ? "v4.0.30319" : "v2.0.50727";
            case "instancedefaultdatapath", "instancedefaultlogpath" ->
                since(11, profile, profile.folder() + "\\DATA\\");
            case "instancedefaultbackuppath" -> since(15, profile, profile.folder() + "\\Backup");
            default -> null;
        };
    }

    private static Object since(int major, InstanceProfile profile, Object value) {
        return profile.version().atLeast(major) ? value : null;
    }

    /** The four lines of {@code @@VERSION}. */
    static String banner(InstanceProfile profile) {
        var version = profile.version();
        var bits = version.major() <= 9 ? "(Intel X86)" : "(X64)";
        return "Microsoft SQL Server " + version.year()
                + (version.level().equals("RTM") ? "" : " (" + version.level() + ")")
                + " - " + version.text() + " " + bits + " \n\t"
                + "Copyright (c) Microsoft Corporation\n\t"
                + profile.edition().label(version) + " on Windows (Poolkeeper's lab, not the real one)\n";
    }

    static String serviceName(InstanceProfile profile) {
        return profile.instance() == null ? "MSSQLSERVER" : profile.instance();
    }

    /** {@code @@MICROSOFTVERSION}: major and minor version and build in one number. */
    static int microsoftVersion(InstanceProfile profile) {
        var version = profile.version();
        return version.major() << 24 | version.minor() << 16 | version.build();
    }
}
