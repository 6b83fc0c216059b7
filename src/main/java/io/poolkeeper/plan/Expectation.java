// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One part and what is expected of a run about it.
 *
 * @param role the catalogue's word for what the part holds; two joined by {@code +} if one database serves two roles
 * @param reason why it has its disposition, and who looks after it
 * @param worker who captures it
 * @param cause why it cannot even be tried, or what has to be decided; null if nothing speaks against it
 * @param hint what to do about that
 * @param dependsOn parts that are restored before it
 */
public record Expectation(
        PartId part,
        Disposition disposition,
        Method method,
        @Nullable String role,
        String reason,
        String worker,
        @Nullable String cause,
        @Nullable String hint,
        List<PartId> dependsOn) {

    /** Whether a run tries to capture it. */
    @JsonIgnore
    public boolean toCapture() {
        return disposition.captured() && cause == null;
    }

    /** The outcome that is certain before any step runs; empty if a step decides it. */
    public Optional<Outcome> foregone() {
        if (disposition.excused()) {
            return Optional.of(Outcome.EXCUSED);
        }
        if (disposition == Disposition.UNDECIDED) {
            return Optional.of(Outcome.WARNING);
        }
        return disposition.captured() && cause != null ? Optional.of(Outcome.FAILED) : Optional.empty();
    }

    /** The same part, which cannot even be tried. */
    public Expectation failed(String why, String what) {
        return new Expectation(part, disposition, method, role, reason, worker, why, what, dependsOn);
    }

    /**
     * The same part, which another product backs up. What speaks against reading the source does not matter then; that a
     * database is not there still does.
     */
    Expectation observed() {
        var gone = part.kind() == Kind.DATABASE;
        return new Expectation(
                part,
                disposition,
                Method.OBSERVED,
                role,
                reason + "; another product backs it up: the vault holds no copy",
                worker,
                gone ? cause : null,
                gone ? hint : null,
                dependsOn);
    }

    /** The same part, which Windows Server Backup takes on the server of a worker. */
    Expectation imaged(String by) {
        return new Expectation(
                part,
                disposition,
                method,
                role,
                reason + "; Windows Server Backup takes it: the vault holds no copy",
                by,
                cause,
                hint,
                dependsOn);
    }

    /** The same part for another reason. */
    public Expectation because(String why) {
        return new Expectation(part, disposition, method, role, why, worker, cause, hint, dependsOn);
    }

    /** The same part with what somebody decided about it. */
    Expectation decided(Disposition as, String why) {
        var stillOpen = as.captured() && disposition.captured();
        return new Expectation(
                part, as, method, role, why, worker, stillOpen ? cause : null, stillOpen ? hint : null, dependsOn);
    }
}
