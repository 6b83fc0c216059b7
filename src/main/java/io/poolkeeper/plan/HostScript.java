// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.set.Release;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.tool.HostJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lies on a host without Java: the script that Task Scheduler runs, and the command lines of that host's jobs. All of it is
 * ASCII text with CRLF and holds no secret; but the scripts for sqlcmd, which begin with {@link #UNICODE}.
 */
public final class HostScript {
    private static final List<String> FIXED = List.of("poolkeeper-host.cmd", "poolkeeper-host.js");
    /** Begins a text that is to be written in UTF-16, little-endian. */
    public static final char UNICODE = '\uFEFF';

    /** The longest line that cmd takes is 8191 characters. */
    private static final int LONGEST_LIST = 8000;

    private static final String HINT = "name programs and pools in plain characters, without quotation marks";

    private final Site site;
    private final Site.Worker worker;
    private final String folder;
    private final HostJobs jobs;

    /**
     * The files for a worker.
     *
     * @param folder its job folder as the host itself sees it
     * @param inventory what is known of databases
     */
    public HostScript(Site site, Site.Worker worker, String folder, Inventory inventory) {
        this.jobs = HostJobs.of(site, worker.name(), inventory);
        this.site = site;
        this.worker = worker;
        this.folder = folder;
    }

    /** The worker of a host, by the host's full name or by its own. */
    public static Optional<Site.Worker> worker(Site site, String host) {
        return site.workers().values().stream()
                .filter(Site.Worker::isHandOff)
                .filter(worker -> worker.name().equalsIgnoreCase(host) || isOn(site, worker, host))
                .findFirst();
    }

    private static boolean isOn(Site site, Site.Worker worker, String host) {
        return site.serverOf(worker.name())
                        .map(Pool.Server::fqdn)
                        .filter(host::equalsIgnoreCase)
                        .isPresent()
                || site.directory()
                        .filter(directory -> directory.controller().worker().equals(worker.name()))
                        .map(directory -> URI.create(directory.url()).getHost())
                        .filter(host::equalsIgnoreCase)
                        .isPresent();
    }

    /**
     * File name to text.
     *
     * @throws PermanentFault if a command line cannot be written for cmd
     */
    public Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        FIXED.forEach(name -> files.put(name, crlf(resource(name))));
        files.put("poolkeeper-jobs.cmd", crlf(jobs()));
        files.put("README.txt", crlf(guide()));
        var taken = new TreeMap<String, HostJob>(String.CASE_INSENSITIVE_ORDER);
        for (var job : jobs.all()) {
            var twin = taken.put(job.name(), job);
            if (twin != null) {
                throw new PermanentFault(
                        "cmd cannot tell the jobs of " + twin.part() + " and " + job.part()
                                + " apart: their names differ in case alone",
                        "rename one of them, or let a worker with Java back that instance up");
            }
            job.scripts().forEach((name, text) -> files.put(name, UNICODE + crlf(text)));
        }
        return files;
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(HostScript.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\r\n", "\n"); // a clone has either
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jobs() {
        var names = jobs.all().stream().map(HostJob::name).collect(Collectors.joining(" "));
        if (names.length() > LONGEST_LIST) {
            throw new PermanentFault(
                    "worker " + worker.name() + " has " + jobs.all().size() + " jobs, more than a line of cmd can name",
                    "let a worker with Java back its databases up");
        }
        var text = new StringBuilder(
                """
                @echo off
                rem The jobs of worker %s of site %s, written by 'poolkeeper script --host'. Change the site file and write it again:
                rem a job that was asked for with other command lines is refused.
                set "PK_RELEASE=%s"
                set "PK_COMMANDS=%s"
                set "PK_HANDOFF=%s"
                set "PK_JOBS=%s"
                if "%%~1"=="" exit /b 0
                set "PK_EXIT=0"
                """.formatted(worker.name(), site.name(), Release.version(), jobs.digest(), plain(folder), names));
        jobs.all()
                .forEach(job -> text.append("if \"%~1\"==\"")
                        .append(job.name())
                        .append("\" goto :job-")
                        .append(job.name())
                        .append('\n'));
        text.append("echo There is no job %~1 in this file.\nexit /b 9009\n");
        jobs.all().forEach(job -> job(job, text));
        return text.append("""

                :fail
                if "%PK_EXIT%"=="0" set "PK_EXIT=%1"
                exit /b 0
                """).toString();
    }

    private static void job(HostJob job, StringBuilder text) {
        text.append("\n:job-").append(job.name()).append('\n');
        rootDse(job, text);
        password(job, text);
        for (var i = 0; i < job.commands().size(); i++) {
            var command = job.commands().get(i);
            var skip = ":after-" + job.name() + "-" + (i + 1);
            if (!command.onlyIf().isEmpty()) {
                text.append("cscript //nologo //e:jscript \"%~dp0poolkeeper-host.js\" exists ")
                        .append(quoted(command.onlyIf()))
                        .append(" 2>nul\nif errorlevel 1 goto ")
                        .append(skip)
                        .append('\n');
            }
            text.append(command.words().stream().map(HostScript::quoted).collect(Collectors.joining(" ")))
                    .append(
                            command.output().isEmpty()
                                    ? "\nif not \"%errorlevel%\"==\"0\" call :fail %errorlevel%\n"
                                    : " >\"%PK_FOLDER%\\" + command.output() + "\" 2>&1\n");
            if (!command.onlyIf().isEmpty()) {
                text.append(skip).append('\n');
            }
        }
        text.append("exit /b %PK_EXIT%\n");
    }

    /** Without it sqlcmd would ask for one, and wait for an answer that nobody gives. */
    private static void password(HostJob job, StringBuilder text) {
        if (job.commands().stream().anyMatch(command -> command.words().contains("-U"))) {
            text.append("if not defined SQLCMDPASSWORD exit /b 9007\n");
        }
    }

    private static final Map<String, String> NAMES = Map.of(
            HostJob.CONFIGURATION, "configurationNamingContext",
            HostJob.DOMAIN, "defaultNamingContext",
            HostJob.SCHEMA, "schemaNamingContext");

    /** The names of the directory that a job's command lines need, asked of the domain controller that the host itself uses. */
    private static void rootDse(HostJob job, StringBuilder text) {
        var all = job.commands().toString();
        NAMES.keySet().stream()
                .filter(all::contains)
                .sorted()
                .forEach(name -> text.append("set \"")
                        .append(variable(name))
                        .append("=\"\nfor /f \"usebackq delims=\" %%a in (`cscript //nologo //e:jscript")
                        .append(" \"%~dp0poolkeeper-host.js\" rootdse ")
                        .append(NAMES.get(name))
                        .append("`) do set \"")
                        .append(variable(name))
                        .append("=%%a\"\nif not defined ")
                        .append(variable(name))
                        .append(" exit /b 9008\n"));
    }

    private static String variable(String placeholder) {
        return "PK_" + placeholder.replaceAll("[<>]", "").toUpperCase(Locale.ROOT);
    }

    /** Within quotation marks cmd takes everything as it is, but percent signs. */
    private static String quoted(String word) {
        var text = plain(word);
        for (var placeholder : List.of(
                HostJob.FOLDER, HostJob.HERE, HostJob.ID, HostJob.CONFIGURATION, HostJob.DOMAIN, HostJob.SCHEMA)) {
            text = text.replace(placeholder, "%" + variable(placeholder) + "%");
        }
        return text.matches("[A-Za-z0-9/:._-]+") ? text : "\"" + text + "\""; // a command of cmd itself must be bare
    }

    private static String plain(String word) {
        if (!word.matches("[\\t !#-~]*")) {
            throw new PermanentFault("a batch file cannot hold the word " + word, HINT);
        }
        return word.replace("%", "%%");
    }

    private String guide() {
        return """
                POOLKEEPER ON A HOST WITHOUT JAVA: worker %1$s of site %2$s

                Nothing of this was ever run on Windows by those who wrote it: try it by hand first, as below.

                1. Copy this folder to C:\\poolkeeper on the host. Let administrators alone change it: what stands in
                   poolkeeper-jobs.cmd is run with the rights of the task.
                2. The task needs an account that may run the tools (RTCUniversalServerAdmins and local administrator for
                   LCSCmd and dbimpexp) and may change files in
                     %3$s
                   Let nobody else change files there: whoever can may ask for the jobs of this host, though for nothing else.
                3. Run  C:\\poolkeeper\\poolkeeper-host.cmd  by hand as that account. It must print nothing and leave
                     %3$s\\out\\alive.txt
                4. Let Task Scheduler run it every minute:
                     Windows Server 2008, 2008 R2:  schtasks /create /tn "Poolkeeper host" /tr C:\\poolkeeper\\poolkeeper-host.cmd /sc minute /mo 1 /ru <account> /rp * /rl highest
                     Windows Server 2003:           schtasks /create /tn "Poolkeeper host" /tr C:\\poolkeeper\\poolkeeper-host.cmd /sc minute /mo 1 /ru <account> /rp *
                   A task stops after 72 hours (Windows Server 2003) or three days unless you tell it otherwise; one run takes
                   as long as its jobs.
                5. On the coordinator's host run  poolkeeper check : it tells when this host was last seen and what it can do.

                Jobs of this host: %4$s

                When the site file changes so that a command line does, or when databases have come, write these files again and
                copy them: until then jobs are refused, and check says so.
                %5$s""".formatted(
                        worker.name(),
                        site.name(),
                        folder,
                        jobs.all().stream()
                                .map(job -> job.name() + " (" + job.part() + ")")
                                .collect(Collectors.joining(", ")),
                        site.sources().values().stream()
                                .filter(source -> source.worker().equals(worker.name()) && site.askedByHost(source))
                                .map(HostScript::instance)
                                .collect(Collectors.joining()));
    }

    private static String instance(SqlSource source) {
        var login = source.authentication().equals("windows")
                ? "the account of the task logs in to it and needs dbcreator and, in each database, db_backupoperator."
                : "login " + source.user().orElse("?") + " is used: let SQLCMDPASSWORD in the environment of the task's"
                        + " account\nbe its password (setx SQLCMDPASSWORD, as that account). It stands in no file here.";
        return """

                sqlcmd asks %s, and backs up databases of it:
                %s
                The account must be able to read and delete files in %s, where SQL Server writes them.
                """.formatted(source.server(), login, source.backupDirectory());
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }
}
