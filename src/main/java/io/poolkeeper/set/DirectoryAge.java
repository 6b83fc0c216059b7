// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How old the newest backup is that brings Active Directory back, against the forest's tombstone lifetime: an older one must
 * not be restored, because it would bring back what the other domain controllers have deleted and forgotten.
 *
 * @param newest when it was made; null if none is known
 * @param what which part it is, and how it was made; empty if none is known
 * @param tombstoneDays the lifetime in days; null if nobody could ask the directory, and then 60 are assumed
 */
public record DirectoryAge(
        @Nullable Instant newest, String what, @Nullable Integer tombstoneDays) {
    /** The lifetime of a forest where nobody set one. */
    public static final int UNSET = 60;

    /** What to do about a backup that is too old. */
    public static final String HINT = "have Active Directory backed up now by whatever does it: by method system-state,"
            + " by your own command, or by the product that is watched under observed";

    /** Under what name a manifest keeps the lifetime in what is recorded of a directory part. */
    public static final String RECORDED = "tombstoneDays";

    private static final Set<Method> RESTORABLE =
            EnumSet.of(Method.SYSTEM_STATE, Method.SAMBA_TOOL, Method.COMMAND, Method.OBSERVED);

    private static final Pattern LDIF = Pattern.compile(".*\\.ldi?f(\\.gz)?", Pattern.CASE_INSENSITIVE);

    /**
     * Whether a backup brings back the whole directory. LDIF does not, whoever made it: it has no GUIDs, SIDs and passwords.
     *
     * @param recorded what the capture recorded of it
     */
    public static boolean bringsBack(Method method, @Nullable JsonNode recorded) {
        return RESTORABLE.contains(method) && !(recorded != null && isLdif(recorded));
    }

    private static boolean isLdif(JsonNode recorded) {
        var names = new ArrayList<String>();
        recorded.path("hashes").fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            names.add(recorded.path("name").asText());
        }
        return names.stream().allMatch(name -> LDIF.matcher(name).matches());
    }

    /** How it stands. */
    public enum State {
        /** None is known. */
        NONE,
        /** It may be restored for at least a quarter of the lifetime. */
        GOOD,
        /** It may be restored, but not for long. */
        EXPIRING,
        /** It must not be restored any more. */
        EXPIRED
    }

    /** How it stands at an instant. */
    public State state(Instant now) {
        if (newest == null) {
            return State.NONE;
        }
        var age = Duration.between(newest, now);
        if (age.compareTo(lifetime()) >= 0) {
            return State.EXPIRED;
        }
        return age.multipliedBy(4).compareTo(lifetime().multipliedBy(3)) >= 0 ? State.EXPIRING : State.GOOD;
    }

    /** One sentence. */
    public String told(Instant now) {
        if (newest == null) {
            return "no restorable backup of Active Directory is known: LDIF cannot bring back GUIDs, SIDs or passwords";
        }
        var age = Duration.between(newest, now);
        var old = what + " is " + BackupAge.text(age.isNegative() ? Duration.ZERO : age) + " old";
        return switch (state(now)) {
            case EXPIRED ->
                "EXPIRED: the newest restorable backup of Active Directory, " + old + ": " + limit()
                        + ", and an older backup must not be restored";
            case EXPIRING ->
                "the newest restorable backup of Active Directory, " + old + " and expires in "
                        + BackupAge.text(lifetime().minus(age)) + ": " + limit();
            default -> "the newest restorable backup of Active Directory, " + old + "; " + limit();
        };
    }

    private Duration lifetime() {
        return Duration.ofDays(tombstoneDays == null ? UNSET : tombstoneDays);
    }

    private String limit() {
        return tombstoneDays == null
                ? "the tombstone lifetime could not be read, " + UNSET + " days are assumed"
                : "the tombstone lifetime is " + tombstoneDays + " days";
    }
}
