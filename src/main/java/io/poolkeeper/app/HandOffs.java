// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.plan.HostJobs;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.HostAnswer;
import io.poolkeeper.tool.HostSign;
import io.poolkeeper.tool.HostText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has hosts without Java do jobs: writes them into their folders, and gives the answers that come to whoever waits. What is
 * waited for is in memory; an answer that comes after a restart is late, and the step's next attempt asks again. Bean
 * {@code handOffs}. Thread-safe.
 */
public final class HandOffs implements HandOff {
    private static final Logger LOG = LoggerFactory.getLogger(HandOffs.class);
    private static final Pattern ANSWER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,250})[.]done");

    /** A tenth of the time is kept for what comes after the job, so that one lost job does not cost the whole set. */
    private static final int KEPT = 10;

    private static final Duration MOST_KEPT = Duration.ofMinutes(10);

    /** How long an answer that was dealt with can be looked at. */
    private static final Duration KEEP_ANSWERS = Duration.ofDays(30);

    private final Site site;
    private final Clock clock;
    private final JobWriter writer;
    private final Map<String, CompletableFuture<HostAnswer>> waiting = new ConcurrentHashMap<>();

    /** Puts a text file into the folder of a host. */
    @FunctionalInterface
    interface JobWriter {
        /**
         * Writes it.
         *
         * @throws CamelExecutionException if it cannot be written
         */
        void write(String host, String file, String text);
    }

    HandOffs(Site site, Clock clock, JobWriter writer) {
        this.site = site;
        this.clock = clock;
        this.writer = writer;
    }

    @Override
    public Done run(String job, Step step, Path folder, Work work) {
        var host = step.worker();
        var desk = desk(host);
        desk.prepare();
        desk.forgetAnswers(clock.instant().minus(KEEP_ANSWERS));
        for (var earlier = 1; earlier < step.attempt(); earlier++) {
            desk.withdraw(HandOffFolder.id(step, earlier));
        }
        var id = HandOffFolder.id(step, step.attempt());
        var until = until(step, work);
        var answer = new CompletableFuture<HostAnswer>();
        waiting.put(key(host, id), answer);
        try {
            work.onCancel(() -> answer.cancel(false));
            write(desk, host, id, job(job, step, until));
            var done = judged(await(answer, desk, id, job, host, until, work), job, step);
            return new Done(done.started(), desk.collect(id, done, folder, work));
        } finally {
            waiting.remove(key(host, id));
            work.onCancel(() -> {});
            desk.withdraw(id);
            if (answer.isDone()) {
                forget(desk, id);
            }
        }
    }

    private HandOffFolder desk(String host) {
        return Objects.requireNonNull(site.workers().get(host), host)
                .handOff()
                .map(HandOffFolder::new)
                .orElseThrow(() -> new PermanentFault(
                        "worker " + host + " does not work by hand-off", "this is an error of Poolkeeper: report it"));
    }

    private static String key(String host, String id) {
        return host + "/" + id;
    }

    /** Work that may not take all the time that its step has must have ended earlier. */
    private Instant until(Step step, Work work) {
        var left = work.timeLeft();
        var kept = left.dividedBy(KEPT);
        var end = clock.instant().plus(left);
        return (end.isBefore(step.notAfter()) ? end : step.notAfter())
                .minus(kept.compareTo(MOST_KEPT) < 0 ? kept : MOST_KEPT)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private String job(String job, Step step, Instant until) {
        var values = new LinkedHashMap<String, String>();
        values.put("version", "1");
        values.put("job", job);
        values.put("commands", HostJobs.digest(site, step.worker()));
        values.put("run", step.run());
        values.put("step", step.step());
        values.put("attempt", String.valueOf(step.attempt()));
        values.put("notAfter", until.toString());
        return HostText.write(values);
    }

    private void write(HandOffFolder desk, String host, String id, String text) {
        try {
            writer.write(host, id + ".job", text);
        } catch (CamelExecutionException e) {
            throw new TransientFault(
                    "job " + id + " cannot be written into " + desk.in() + ": "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    "check the file server, and that this account may write there",
                    e);
        }
    }

    private HostAnswer await(
            CompletableFuture<HostAnswer> answer,
            HandOffFolder desk,
            String id,
            String job,
            String host,
            Instant until,
            Work work) {
        try {
            var left = Duration.between(clock.instant(), until).toMillis();
            return answer.get(Math.max(left, 0), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw lost(desk, id, job, host, until, e);
        } catch (CancellationException e) {
            work.checkCancelled();
            throw new PermanentFault("CANCELLED", "somebody stopped the run", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StepFault fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFault("interrupted while waiting for host " + host, "run it again", e);
        }
    }

    private PermanentFault lost(
            HandOffFolder desk, String id, String job, String host, Instant until, Exception cause) {
        var claimed = desk.claimed(id);
        var untouched = !claimed && desk.withdraw(id);
        var how = untouched
                ? "nobody on the host has fetched it"
                : claimed ? "the host has begun it and not ended it" : "the host has fetched it";
        return new PermanentFault(
                "LOST: host %s gave no answer to job %s by %s; %s; %s"
                        .formatted(host, job, until, how, HostSign.words(desk, clock.instant())),
                untouched
                        ? "does the task run there every minute? 'check' tells when it was last seen"
                        : "look on the host what became of it; an answer that still comes changes nothing",
                cause);
    }

    /** Whether the host did what it was asked, and that and nothing else. */
    private static HostAnswer judged(HostAnswer answer, String job, Step step) {
        return switch (answer.state()) {
            case DONE -> asked(answer, job, step);
            case REFUSED ->
                throw new PermanentFault(
                        "host " + step.worker() + " refused job " + job + ": " + reason(answer.reason()),
                        "write its files again with 'script --host' and copy them to it");
            case INTERRUPTED ->
                throw new PermanentFault(
                        "host " + step.worker() + " was interrupted while it worked at job " + job
                                + ": nobody knows how far it came",
                        "was the host restarted, or its task ended? Then ask again");
            case EXPIRED ->
                throw new PermanentFault(
                        "LOST: host " + step.worker() + " found job " + job + " too late",
                        "compare its clock with this one's; give the plan a longer deadline");
        };
    }

    private static HostAnswer asked(HostAnswer answer, String job, Step step) {
        if (answer.run().equals(step.run())
                && answer.step().equals(step.step())
                && answer.attempt() == step.attempt()
                && answer.job().equals(job)) {
            return answer;
        }
        throw new PermanentFault(
                "the host answered %s of step %s-%d in run %s, and was asked for %s of %s in run %s"
                        .formatted(
                                answer.job(),
                                answer.step(),
                                answer.attempt(),
                                answer.run(),
                                job,
                                step.attemptName(),
                                step.run()),
                "does anything but poolkeeper-host.cmd write into the folder?");
    }

    private static String reason(String word) {
        return switch (word) {
            case "not-in-list" -> "it is not in its list of jobs";
            case "other-commands" -> "its command lines are those of another site file";
            case "malformed" -> "it could not read the job file";
            default -> word.isEmpty() ? "it does not say why" : word;
        };
    }

    /**
     * Takes an answer that lies in the folder of a host.
     *
     * @return what becomes of the file: {@code taken}, or {@code late} if nobody waits for it
     */
    public String answer(String host, String file) {
        var path = Path.of(file);
        var name = ANSWER.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            LOG.warn("{} is no answer to a job; it is kept in late", file);
            return "late";
        }
        var id = name.group(1);
        var asked = waiting.get(key(host, id));
        if (asked == null) {
            LOG.warn("host {} answered job {}, which nobody waits for any more; it is kept in late", host, id);
            forget(desk(host), id);
            return "late";
        }
        if (asked.isDone()) {
            LOG.warn("host {} answered job {} a second time; it is kept in late", host, id);
            return "late"; // the files of the first answer are being collected
        }
        try {
            asked.complete(HostAnswer.read(path));
        } catch (HostText.Unreadable e) {
            asked.completeExceptionally(new PermanentFault(
                    "the answer of host " + host + " to job " + id + " makes no sense: " + e.what(),
                    "does anything but poolkeeper-host.cmd write into " + path.getParent() + "?",
                    e));
        } catch (IOException e) {
            asked.completeExceptionally(new TransientFault(
                    "the answer of host " + host + " to job " + id + " cannot be read: " + e.getMessage(),
                    "check the file server",
                    e));
        }
        return "taken";
    }

    /** What a job left may hold what is in the domain; nothing of it stays. */
    private static void forget(HandOffFolder desk, String id) {
        try {
            Disk.delete(desk.files(id));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", desk.files(id), e.getMessage());
        }
    }
}
