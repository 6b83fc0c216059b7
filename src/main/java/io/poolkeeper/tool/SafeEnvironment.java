// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.site.Site;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes out of a program's environment what it needs not know: the site's own secrets, and what sounds like one. */
public final class SafeEnvironment {
    private static final Pattern SECRET =
            Pattern.compile(".*(PASSW|PWD_|_PWD|SECRET|TOKEN|CREDENTIAL|API_?KEY|PRIVATE_?KEY).*");

    private final Set<String> named;

    /** For programs that a site's configuration starts. */
    public SafeEnvironment(Site site) {
        this.named = site.secrets().stream()
                .filter(reference -> reference.startsWith("env:"))
                .map(reference -> reference.substring("env:".length()).toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Removes them; Windows' names do not know case. */
    void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> {
            var upper = name.toUpperCase(Locale.ROOT);
            return named.contains(upper) || SECRET.matcher(upper).matches();
        });
    }
}
