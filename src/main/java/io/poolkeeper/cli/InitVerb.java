// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.directory.DiscoverDirectory;
import io.poolkeeper.plan.FirstSiteFile;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.DirectoryLogin;
import io.poolkeeper.site.DirectorySource;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code init}: the first site file, from what the directory says. */
@Command(
        name = "init",
        description = "Writes a first site file: from what a domain controller says, or an example to fill in.")
final class InitVerb extends SiteVerb {
    private static final String PRODUCT = "ocs-2007-r2";
    private static final Pattern URL = Pattern.compile("ldaps?://[^/]+");

    @Option(
            names = "--directory",
            paramLabel = "URL",
            description = "The domain controller to ask: ldaps://host:636, or ldap://host:389 for StartTLS.")
    private @Nullable String url;

    @Option(names = "--bind-dn", paramLabel = "DN", description = "The account that may read there.")
    private @Nullable String bindDn;

    @Option(
            names = "--password",
            paramLabel = "REF",
            description = "Where its password is: file:<path> or env:<VARIABLE>.")
    private @Nullable String password;

    @Option(
            names = "--trust",
            paramLabel = "PEM",
            description = "The certificate of the domain controller or of its authority.")
    private @Nullable Path trust;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write (default: what -c names).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        var file = (out == null ? siteFile() : out).toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw exists(file);
        }
        var catalogue = Catalogue.read(Catalogue.file(PRODUCT));
        var written = url == null ? example(catalogue) : found(file, catalogue);
        try {
            Files.writeString(file, written.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        }
        tell(file, written);
        return written.open().isEmpty() ? ExitCode.OK.code() : ExitCode.WARNING.code();
    }

    private static NotStarted exists(Path file) {
        return new NotStarted(file + " is there already and is not overwritten. HINT: name another file with --out");
    }

    private FirstSiteFile.Written example(Catalogue catalogue) {
        if (bindDn != null || password != null || trust != null) {
            throw new WrongUsage("--bind-dn, --password and --trust say how to ask a domain controller."
                    + " HINT: name it with --directory ldaps://host:636");
        }
        return FirstSiteFile.example(catalogue);
    }

    private FirstSiteFile.Written found(Path file, Catalogue catalogue) {
        var asked = Objects.requireNonNull(url);
        if (bindDn == null || password == null || !URL.matcher(asked).matches()) {
            throw new WrongUsage("a domain controller is asked at ldaps://host:636 by an account."
                    + " HINT: --directory ldaps://host:636 --bind-dn DN --password file:secrets/ldap");
        }
        var source = new DirectorySource(
                asked,
                asked.startsWith("ldap://"),
                new DirectoryLogin.Simple(bindDn, secret(password)),
                Optional.ofNullable(trust).map(Path::toAbsolutePath),
                Optional.empty(),
                DirectorySource.USUAL);
        try {
            var directory = DiscoverDirectory.first(source, catalogue);
            var deployment = Objects.requireNonNull(directory.deployment());
            var access = new FirstSiteFile.Access(
                    asked, bindDn, reference(file, password), trust == null ? null : relative(file, trust.toString()));
            var written = FirstSiteFile.of(directory.domain(), deployment, access, catalogue);
            if (written.pools() == 0) {
                throw new NotStarted(asked + ": the directory of " + directory.domain() + " shows this account no pool "
                        + "of OCS with a server, so there is nothing to write. HINT: ask a domain controller of the "
                        + "domain in which OCS was prepared, as a member of RTCUniversalReadOnlyAdmins");
            }
            return written;
        } catch (StepFault e) {
            throw new NotStarted(
                    (e.getMessage() + ". HINT: " + e.hint())
                            .replace("directory.url", "--directory")
                            .replace("directory.bindDn", "--bind-dn")
                            .replace("directory.password", "--password")
                            .replace("directory.trust", "--trust"),
                    e);
        }
    }

    private static SecretRef secret(String reference) {
        if (reference.startsWith("file:") && reference.length() > 5) {
            return new SecretRef.InFile(Path.of(reference.substring(5)).toAbsolutePath(), reference);
        }
        if (reference.startsWith("env:") && reference.length() > 4) {
            return new SecretRef.InEnvironment(reference.substring(4));
        }
        throw new WrongUsage("--password must refer to a secret, never hold it. HINT: file:<path> or env:<VARIABLE>");
    }

    private static String reference(Path file, String reference) {
        return reference.startsWith("file:") ? "file:" + relative(file, reference.substring(5)) : reference;
    }

    /** The site file's paths start at its folder, those of the command line where it was typed. */
    private static String relative(Path file, String path) {
        var absolute = Path.of(path).toAbsolutePath().normalize();
        var folder = file.getParent();
        return folder != null && absolute.startsWith(folder)
                ? folder.relativize(absolute).toString().replace('\\', '/')
                : absolute.toString();
    }

    private void tell(Path file, FirstSiteFile.Written written) {
        if (json()) {
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "first-site-file")
                    .put("version", 1)
                    .put("file", file.toString())
                    .put("pools", written.pools())
                    .put("servers", written.servers());
            line.set("unknown", Json.node(written.open()));
            line(line);
            return;
        }
        out().println("wrote " + file + ": "
                + (url == null
                        ? "an example to fill in"
                        : "%d pool(s) with %d server(s) of %s".formatted(written.pools(), written.servers(), url)));
        written.open().forEach(unknown -> out().println("not found out: " + unknown));
        out().println("HINT: fill in what is marked TODO, then: config validate, check, plan");
        out().flush();
    }
}
