// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.schema.Json;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
    @Test
    void saysWhereARestoreLeftEachPart() {
        var text = ConsoleReport.text(Json.tree("""
                {"line": "Restorable to 02:14 today.", "verdict": "OK", "kind": "restore", "plan": "restore",
                 "site": "test", "run": "r", "set": null, "expected": 2, "ok": 1, "warning": 0, "failed": 1, "excused": 0,
                 "exit": 8, "started": "2026-11-23T23:00:00Z", "finished": "2026-11-23T23:00:01Z",
                 "parts": [
                   {"part": "database:one/rtc", "disposition": "required", "method": "sql-native", "outcome": "OK",
                    "verdict": "PROVEN", "depth": "restored", "bytes": 1, "where": "sql:drill/rtc_copy"},
                   {"part": "share:gone", "disposition": "required", "method": "archive", "outcome": "FAILED",
                    "verdict": "UNKNOWN", "depth": null, "bytes": 0, "cause": "away", "hint": null, "where": null}]}
                """));

        assertThat(text.lines())
                .contains("RESTORED database:one/rtc to sql:drill/rtc_copy", "FAILED share:gone: away")
                .noneMatch(line -> line.startsWith("RESTORED share:gone"));
    }

    @Test
    void saysThatTheVaultHoldsNoCopyOfWhatAnotherProductBacksUp() {
        var text = ConsoleReport.text(Json.tree("""
                {"line": "Restorable to 02:14 today.", "verdict": "OK", "kind": "backup", "plan": "nightly",
                 "site": "test", "run": "r", "set": "s", "expected": 2, "ok": 2, "warning": 0, "failed": 0, "excused": 0,
                 "exit": 0, "started": "2026-11-23T23:00:00Z", "finished": "2026-11-23T23:00:01Z",
                 "parts": [
                   {"part": "database:one/rtc", "disposition": "required", "method": "observed", "outcome": "OK",
                    "verdict": "PROVEN", "depth": "content", "bytes": 0},
                   {"part": "share:ours", "disposition": "required", "method": "archive", "outcome": "OK",
                    "verdict": "PROVEN", "depth": "content", "bytes": 9}]}
                """));

        assertThat(text.lines().filter(line -> line.contains("the vault no copy")))
                .singleElement()
                .asString()
                .contains("database:one/rtc");
    }
}
