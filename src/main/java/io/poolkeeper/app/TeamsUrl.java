// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Notify;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The webhook of a Teams channel. Its whole text is a secret.
 *
 * @param text the URL
 * @param host lower case
 */
record TeamsUrl(String text, String host) {
    /** What to do about one that cannot be used. */
    static final String HINT = "make a Workflows webhook";

    /** It cannot be used, and why; never shows the URL. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /**
     * Fetches it. The old connectors are gone; anything but TLS is for the same machine alone.
     *
     * @throws Refused if it is no webhook that could work
     * @throws io.poolkeeper.site.SecretRef.UnresolvedSecret if it cannot be fetched
     */
    static TeamsUrl of(Notify.Teams config) {
        var text = config.url().resolve();
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new Refused("notify.teams.url does not hold a URL");
        }
        var url = new TeamsUrl(text, String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT));
        if (url.host.endsWith("webhook.office.com") || url.host.equals("outlook.office.com")) {
            throw new Refused("notify.teams.url is an Office 365 connector, and those were retired");
        }
        if (!"https".equals(uri.getScheme()) && !url.isHere()) {
            throw new Refused("notify.teams.url is not https");
        }
        return url;
    }

    /** Whether it leads to this machine. */
    boolean isHere() {
        return Stream.of("127.0.0.1", "localhost", "[::1]").anyMatch(host::equals);
    }

    /** Whether Power Automate's Workflows are served there today. */
    boolean isWorkflows() {
        return host.endsWith(".environment.api.powerplatform.com");
    }

    /** Whether Workflows were served there until 30 November 2025. */
    boolean isFormerWorkflows() {
        return host.endsWith(".logic.azure.com");
    }
}
