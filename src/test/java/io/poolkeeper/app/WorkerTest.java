// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Home;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Effect;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TransientFault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Step STEP = new Step(
            "run-1",
            "capture-01",
            1,
            PartId.parse("share:meeting-content"),
            Action.CAPTURE,
            Method.ARCHIVE,
            Effect.CAPTURES,
            "local",
            "a-set",
            null,
            Level.FULL,
            Depth.CONTENT,
            false,
            NOON.plusSeconds(60),
            "0".repeat(64));

    private final Worker worker = worker();

    private static Worker worker() {
        var site = SiteFile.read(Home.file("config/site.example.yaml"));
        return new Worker(
                "local",
                site,
                Vault.of(site),
                Duration.ofSeconds(5),
                Clock.fixed(NOON, ZoneOffset.UTC),
                run -> Optional.of(Path.of("nowhere")));
    }

    @Test
    void keepsCauseAndHintOfAFaultAndWhetherItMayPass() {
        var passing = worker.failed(STEP, new TransientFault("the share is offline", "wait"));
        var lasting = worker.failed(STEP, new PermanentFault("access is denied", "give the right"));

        assertThat(passing.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(passing.cause()).isEqualTo("the share is offline");
        assertThat(passing.hint()).isEqualTo("wait");
        assertThat(passing.again()).isTrue();
        assertThat(lasting.again()).isFalse();
    }

    @Test
    void saysWhichErrorOfTheProgramItWasAlsoWhenCamelWrappedIt() {
        var result = worker.failed(
                STEP, new CamelExecutionException("wrapped", null, new OutOfMemoryError("Java heap space")));

        assertThat(result.cause()).isEqualTo("an error of Poolkeeper: java.lang.OutOfMemoryError: Java heap space");
        assertThat(result.again()).isFalse();
    }

    @Test
    void renewsLeasesOnlyOfStepsThatItHasBegunAndNotEnded() {
        var claim = worker.claim(STEP);
        assertThat(worker.signs()).as("the claim's transaction may yet fail").isEmpty();

        // made for another site file, so it does nothing
        assertThatThrownBy(() -> worker.begin(STEP)).isInstanceOf(PermanentFault.class);
        assertThat(worker.signs())
                .singleElement()
                .satisfies(sign -> assertThat(sign.step()).isEqualTo("capture-01"));
        assertThat(claim.leaseUntil()).isEqualTo(NOON.plusSeconds(15));

        worker.end(STEP);
        assertThat(worker.signs()).isEmpty();
    }
}
