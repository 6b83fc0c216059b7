// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.schema.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share that the company's own command backs up, through the whole workflow. */
class CommandIT {
    private static final String[] PART = {"--part", "share:own"};

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("left"));
        Files.writeString(Files.createDirectory(folder.resolve("share")).resolve("a.txt"), "a");
        script("backup.sh", "echo the job said so; echo saved > left/job.vbk");
    }

    @Test
    void isInDoubtUntilACommandSaysThatItIsGood() throws IOException {
        site("");
        var backup = run("backup", PART);
        assertThat(backup.exit()).as(backup.out() + backup.err()).isEqualTo(24);
        assertThat(backup.part("share:own").path("method").asText()).isEqualTo("command");
        assertThat(backup.part("share:own").path("verdict").asText()).isEqualTo("UNKNOWN");
        assertThat(Files.readString(folder.resolve("state/log/poolkeeper.log"))).contains("the job said so");
        assertThat(run("show", "latest").out()).contains("job.vbk");

        site(", verify: ['./verify.sh']");
        script("verify.sh", "grep -q saved $POOLKEEPER_RESULT");
        var verified = run("backup", PART);

        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.part("share:own").path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(run("verify", PART).exit()).isZero();
        assertThat(run("drill", PART).exit()).isEqualTo(24);
    }

    @Test
    void aFailedCommandLeavesNoSetAndSaysWhy() throws IOException {
        script("backup.sh", "echo no tape in drive; exit 7");
        site("");

        var backup = run("backup", PART);

        assertThat(backup.exit()).isEqualTo(12);
        assertThat(backup.part("share:own").path("cause").asText()).contains("ended with 7: no tape in drive");
    }

    private void site(String more) throws IOException {
        Files.writeString(folder.resolve("site.yaml"), """
                site: command-it
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                shares:
                  own:
                    path: share
                    role: meeting-content
                    pool: pool
                    command: {backup: ['./backup.sh'], result: left/job.vbk%s}
                """.formatted(more));
    }

    private void script(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private LabSite.Ended run(String verb, String... more) {
        var args = new ArrayList<>(List.of(verb));
        args.addAll(List.of(more));
        args.addAll(List.of("-c", folder.resolve("site.yaml").toString(), "--json"));
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), args.toArray(new String[0]));
        var lines = out.toString()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::tree)
                .toList();
        return new LabSite.Ended(exit, lines, out.toString(), err.toString());
    }
}
