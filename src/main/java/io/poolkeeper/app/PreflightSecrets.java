// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Broker;
import io.poolkeeper.site.DirectoryLogin;
import io.poolkeeper.site.DirectorySource;
import io.poolkeeper.site.Notify;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Looks whether every secret that the site file refers to can be fetched by this account; never shows one. */
final class PreflightSecrets {
    private PreflightSecrets() {}

    /** The references by the key that has them. */
    static Map<String, SecretRef> of(Site site) {
        var secrets = new LinkedHashMap<String, SecretRef>();
        site.sql().forEach((key, sql) -> put(secrets, "sql." + key + ".password", sql.password()));
        site.shares().forEach((key, share) -> put(secrets, "shares." + key + ".password", share.password()));
        site.directory().map(DirectorySource::login).ifPresent(login -> {
            if (login instanceof DirectoryLogin.Simple simple) {
                secrets.put("directory.password", simple.password());
            }
        });
        site.broker().ifPresent(broker -> put(secrets, "broker.password", broker.password()));
        site.broker()
                .flatMap(Broker::certificate)
                .ifPresent(file -> secrets.put("broker.certificatePassword", file.password()));
        site.notifications().email().ifPresent(email -> put(secrets, "notify.email.password", email.password()));
        site.notifications().teams().map(Notify.Teams::url).ifPresent(url -> secrets.put("notify.teams.url", url));
        return secrets;
    }

    private static void put(Map<String, SecretRef> secrets, String key, Optional<SecretRef> secret) {
        secret.ifPresent(reference -> secrets.put(key, reference));
    }

    static void look(String key, SecretRef secret, Findings findings) {
        try {
            secret.resolve();
            findings.ok(key, secret.reference() + " can be fetched");
            if (secret instanceof SecretRef.InFile file) {
                access(key, file, findings);
            }
        } catch (SecretRef.UnresolvedSecret e) {
            var what = String.valueOf(e.getMessage());
            // who is not told of a backup still has it
            var state = key.startsWith("notify.") ? Finding.State.WARNING : Finding.State.PROBLEM;
            findings.add(new Finding(
                    key,
                    state,
                    what,
                    "make what " + secret.reference()
                            + " refers to available to the account that runs Poolkeeper, and to it alone"));
        }
    }

    private static void access(String key, SecretRef.InFile secret, Findings findings) {
        try {
            var view = Files.getFileAttributeView(secret.file(), PosixFileAttributeView.class);
            if (view != null
                    && view.readAttributes().permissions().stream()
                            .anyMatch(right -> right == PosixFilePermission.OTHERS_READ
                                    || right == PosixFilePermission.GROUP_READ)) {
                findings.warning(
                        key, "others than its owner may read the file " + secret.file(), "chmod 600 " + secret.file());
            }
        } catch (IOException e) {
            findings.unknown(key, "who may read " + secret.file() + " cannot be found out: " + e, "look by hand");
        }
    }
}
