// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.run.ProgressBoard;
import io.poolkeeper.run.Run;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.run.RunStatus.Doing;
import io.poolkeeper.run.RunStatus.Done;
import io.poolkeeper.run.Runs;
import io.poolkeeper.run.Steps;
import io.poolkeeper.schema.Json;

/** Puts together how a run stands. */
final class RunStatuses {
    private final Runs runs;
    private final Steps steps;
    private final ProgressBoard board;

    RunStatuses(Runs runs, Steps steps, ProgressBoard board) {
        this.runs = runs;
        this.steps = steps;
        this.board = board;
    }

    RunStatus of(Run run) {
        var doing = run.isClosed()
                ? java.util.List.<Doing>of()
                : steps.open(run.id()).stream()
                        .map(open -> doing(run.id(), open))
                        .toList();
        var done = runs.finalResults(run.id()).stream()
                .map(result -> new Done(result.step(), result.part(), result.outcome(), result.cause()))
                .toList();
        return new RunStatus(
                run.id(),
                run.request().kind(),
                run.request().plan(),
                run.set(),
                run.created(),
                run.expected(),
                runs.stages(run.id()),
                doing,
                done,
                run.cancelled(),
                run.closed(),
                run.exit(),
                run.summary() == null ? null : Json.tree(run.summary()));
    }

    private Doing doing(String run, Steps.OpenStep open) {
        var progress = board.of(run, open.step()).filter(sign -> sign.attempt() == open.attempt());
        return new Doing(
                open.step(),
                open.part(),
                open.action(),
                open.worker(),
                progress.map(ProgressBoard.Progress::done).orElse(0L),
                progress.map(ProgressBoard.Progress::total).orElse(0L),
                progress.map(ProgressBoard.Progress::unit).orElse("percent"));
    }
}
