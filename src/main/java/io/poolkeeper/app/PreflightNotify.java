// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Notify;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Looks whether news could reach somebody. Sends nothing: that is what {@code notify test} is for. */
final class PreflightNotify {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String NEWS = "a failed backup would tell nobody by this way; it changes no run's outcome";

    private PreflightNotify() {}

    static void rules(Site site, Findings findings) {
        if (site.notifications().rules().isEmpty()) {
            findings.warning(
                    "notify",
                    "there are no rules: nobody is told of a failed backup",
                    "add notify.rules to the site file");
        }
    }

    /** Whether the mail server's port accepts a connection. */
    static void email(Notify.Email email, Findings findings) {
        var about = "notify.email";
        var address = email.host() + ":" + email.port();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(email.host(), email.port()), (int) CONNECT.toMillis());
            findings.ok(about, address + " accepts connections; nothing was sent");
        } catch (IOException e) {
            findings.warning(
                    about,
                    address + " does not accept a connection (" + e.getMessage() + "): " + NEWS,
                    "check host and port, and the firewall between");
        }
    }

    /** Whether the webhook's URL is one that Teams still serves. */
    static void teams(Notify.Teams teams, Findings findings) {
        var about = "notify.teams";
        try {
            var url = TeamsUrl.of(teams);
            if (url.isWorkflows() || url.isHere()) {
                findings.ok(about, "a webhook on " + url.host() + "; nothing was sent");
            } else if (url.isFormerWorkflows()) {
                findings.warning(
                        about,
                        "the webhook's host ends with .logic.azure.com, which Workflows left on 2025-11-30: " + NEWS,
                        "open the flow, copy its URL again, and replace the secret");
            } else {
                findings.warning(
                        about,
                        "the webhook's host " + url.host() + " is none that Workflows are known to use",
                        "expected is a host that ends with .environment.api.powerplatform.com");
            }
        } catch (TeamsUrl.Refused e) {
            findings.problem(about, String.valueOf(e.getMessage()), TeamsUrl.HINT);
        } catch (SecretRef.UnresolvedSecret e) {
            findings.warning(about, "its URL is not known: " + NEWS, "see what is said about notify.teams.url");
        }
    }
}
