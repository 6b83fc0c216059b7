// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.set.Names;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The same plan as a manual procedure with Windows' and SQL Server's own tools: a script per database, a batch file that runs
 * them with sqlcmd, the settings exports with LCSCmd, and a task for Task Scheduler. A pure function of site and plan.
 *
 * <p>The scripts append (NOINIT), as SQL Server Management Studio does; each set is verified by its position.
 */
public final class ScriptExport {
    private final Site site;
    private final Plan plan;
    private final LocalTime at;

    /**
     * The export of a plan.
     *
     * @param at when Task Scheduler starts it each day, in the local time of the host
     */
    public ScriptExport(Site site, Plan plan, LocalTime at) {
        this.site = site;
        this.plan = plan;
        this.at = at;
    }

    /** File name to text; batch files and instructions with CRLF, scripts of SQL Server too. */
    public Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        databases().forEach(part -> files.put(script(part), crlf(sql(part))));
        files.put("backup-databases.cmd", crlf(databaseBatch()));
        site.pools()
                .forEach(pool ->
                        files.put("export-settings-" + Names.encode(pool.name()) + ".cmd", crlf(settings(pool))));
        files.put("task.xml", crlf(task()));
        files.put("README.txt", crlf(guide()));
        return files;
    }

    private List<Expectation> databases() {
        return plan.parts().stream()
                .filter(part -> part.part().kind() == Kind.DATABASE && isOurs(part))
                .toList();
    }

    /** What another product or Windows Server Backup backs up needs no script of ours. */
    private static boolean isOurs(Expectation part) {
        return part.toCapture() && part.method() != Method.OBSERVED && part.method() != Method.WBADMIN;
    }

    private SqlSource source(Expectation part) {
        return Objects.requireNonNull(
                site.sources().get(part.part().owner()), "a database of an instance that is not in the site file");
    }

    private static String script(Expectation part) {
        return "backup-" + Names.encode(part.part().owner()) + "-"
                + Names.encode(part.part().leaf()) + ".sql";
    }

    private String sql(Expectation part) {
        var database = part.part().leaf();
        var device = "N'"
                + source(part).seenByServer(Names.encode(database) + ".bak").replace("'", "''") + "'";
        var text = "N'" + database.replace("'", "''") + "'";
        return """
                -- Backs up database %s and verifies what was written. Run by backup-databases.cmd; each run adds a set to the file.
                BACKUP DATABASE [%s] TO DISK = %s WITH NOINIT, CHECKSUM, NAME = N'poolkeeper script', STATS = 10;
                GO
                DECLARE @position int;
                SELECT @position = b.position FROM msdb.dbo.backupset AS b
                 WHERE b.backup_set_id = (SELECT MAX(backup_set_id) FROM msdb.dbo.backupset WHERE database_name = %s AND type = 'D');
                IF @position IS NULL RAISERROR(N'msdb has no row for this backup', 16, 1);
                RESTORE VERIFYONLY FROM DISK = %s WITH FILE = @position, CHECKSUM;
                GO
                """.formatted(database, database.replace("]", "]]"), device, text, device);
    }

    private String databaseBatch() {
        var text = new StringBuilder("""
                @echo off
                rem Backs up the databases of site %s. Ends with 1 if one of them failed; the others are backed up all the same.
                setlocal
                set failed=0
                if not exist "%%~dp0log" mkdir "%%~dp0log"
                """.formatted(site.name()));
        for (var part : databases()) {
            var script = script(part);
            text.append("sqlcmd -S \"")
                    .append(source(part).server())
                    .append("\" -E -b -V 11 -r1 -i \"%~dp0")
                    .append(percent(script))
                    .append("\" -o \"%~dp0log\\")
                    .append(percent(script.replaceAll("[.]sql$", ".log")))
                    .append("\"\n")
                    .append("if errorlevel 1 (echo FAILED: ")
                    .append(percent(part.part().toString()))
                    .append(" & set failed=1)\n");
        }
        return text.append("exit /b %failed%\n").toString();
    }

    /** In a batch file a percent sign is written twice. */
    private static String percent(String text) {
        return text.replace("%", "%%");
    }

    private String settings(Pool pool) {
        var text = new StringBuilder("""
                @echo off
                rem Exports the settings of pool %s. Run it on a server of the pool, then copy the folder off that server.
                setlocal
                set failed=0
                set target=%%~dp0settings
                if not exist "%%target%%" mkdir "%%target%%"
                """.formatted(percent(pool.name())));
        line(text, "/level:global,pool", pool.name() + "-globalandpool.xml", "/poolname:" + pool.name());
        for (var server : machines(pool)) {
            var host = server.fqdn().split("[.]", 2)[0].toLowerCase(Locale.ROOT);
            line(text, "/level:machine", host + "-machine.xml", "/fqdn:" + server.fqdn());
        }
        return text.append("exit /b %failed%\n").toString();
    }

    private List<Pool.Server> machines(Pool pool) {
        var wanted = plan.parts().stream()
                .filter(part -> part.part().kind() == Kind.SETTINGS
                        && part.part().owner().equals("machine")
                        && isOurs(part))
                .map(part -> part.part().leaf())
                .toList();
        return pool.servers().stream()
                .filter(server -> wanted.contains(server.fqdn()))
                .toList();
    }

    private static void line(StringBuilder text, String level, String file, String whose) {
        text.append("LCSCmd /config /action:export ")
                .append(level)
                .append(" /configfile:\"%target%\\")
                .append(percent(file))
                .append("\" ")
                .append(percent(whose))
                .append('\n')
                .append("if errorlevel 1 set failed=1\n")
                .append("if not exist \"%target%\\")
                .append(percent(file))
                .append("\" (echo FAILED: ")
                .append(percent(file))
                .append(" was not written & set failed=1)\n");
    }

    /** Task Scheduler 1.2: Windows Server 2008 and later. */
    private String task() {
        return """
                <?xml version="1.0"?>
                <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
                  <RegistrationInfo><Description>Backs up the databases of site %s</Description></RegistrationInfo>
                  <Triggers>
                    <CalendarTrigger>
                      <StartBoundary>2026-01-01T%s:00</StartBoundary>
                      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
                    </CalendarTrigger>
                  </Triggers>
                  <Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy><StartWhenAvailable>true</StartWhenAvailable></Settings>
                  <Actions>
                    <Exec><Command>C:\\poolkeeper\backup-databases.cmd</Command></Exec>
                  </Actions>
                </Task>
                """.formatted(site.name(), at);
    }

    private String guide() {
        var text = new StringBuilder("""
                MANUAL BACKUP of site %s with Windows' and SQL Server's own tools

                1. Copy this folder to C:\\poolkeeper on a server that reaches SQL Server and has sqlcmd.
                2. Run backup-databases.cmd once by hand. It must end with 0 (echo %%errorlevel%%).
                3. Schedule it each day:
                     Windows Server 2008 and later:  schtasks /create /tn Poolkeeper /xml C:\\poolkeeper\task.xml /ru <account>
                     Windows Server 2003:            schtasks /create /tn Poolkeeper /tr C:\\poolkeeper\backup-databases.cmd /sc daily /st %s:00 /ru <account>
                4. Run export-settings-<pool>.cmd on a server of the pool after each change, and copy the XML files off it.
                5. Files, with Windows Server Backup; the target must be another volume or a share:
                """.formatted(site.name(), at));
        wbadmin().forEach(line -> text.append("     ").append(line).append('\n'));
        text.append("\nNOT covered by these scripts:\n");
        plan.parts().stream()
                .filter(part -> part.part().kind() != Kind.DATABASE || !isOurs(part))
                .filter(part -> part.disposition().captured() && !isExported(part))
                .forEach(part -> text.append("  ")
                        .append(part.part())
                        .append("  ")
                        .append(part.reason())
                        .append('\n'));
        return text.toString();
    }

    private static boolean isExported(Expectation part) {
        return part.part().kind() == Kind.SETTINGS
                && part.method() != Method.OBSERVED
                && !part.part().owner().equals("userdata");
    }

    /** 2003 has no wbadmin; 2008 takes whole volumes; only 2008 R2 takes folders. */
    private List<String> wbadmin() {
        var byHost = new TreeMap<String, String>();
        site.pools().forEach(pool -> pool.servers().forEach(server -> byHost.put(server.fqdn(), server.os())));
        var lines = new ArrayList<String>();
        byHost.forEach((host, os) -> lines.add(host + ": "
                + switch (os) {
                    case "2003", "2003r2" -> "Windows Server 2003 has no wbadmin: use NTBackup";
                    case "2008" -> "wbadmin enable backup -addtarget:<volume> -include:<whole volumes> -schedule:" + at;
                    default -> "wbadmin enable backup -addtarget:<volume or share> -include:<folders> -schedule:" + at;
                }));
        return lines;
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }
}
