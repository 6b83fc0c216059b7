// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which channels hear of something, and gives each its message as JSON for the outbox. */
public final class News {
    private final Site site;

    /** News of a site. */
    public News(Site site) {
        this.site = site;
    }

    /** Channel to message for a report. */
    public Map<String, String> of(Report report) {
        return messages(events(report), Json.line(EmailMessage.of(report)), TeamsCard.of(report));
    }

    /** Channel to message for a message that could not be handled. */
    public Map<String, String> ofDeadLetter(String queue, String reason) {
        var sentence = site.name() + ": a message on " + queue + " could not be handled";
        var details = reason + "\nIt is kept on poolkeeper.dead; the workflow goes on.";
        return messages(
                Set.of("dead", "failed"),
                Json.line(EmailMessage.alert("DEAD LETTER", sentence, details)),
                TeamsCard.alert("DEAD LETTER", sentence, details));
    }

    /** That a plan was due and did not start; nobody else would say so. */
    public Map<String, String> ofMissed(String plan, Instant due) {
        var at =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT).format(due.atZone(site.zone()));
        var sentence = "plan " + plan + " of " + site.name() + " was due at " + at + " and has not started";
        var details =
                "HINT: was the coordinator away, or was a run going on that is not finished? 'status' tells what is"
                        + " going on, 'trigger " + plan + "' starts the plan now.";
        return messages(
                Set.of("overdue"),
                Json.line(EmailMessage.alert("NOT STARTED", sentence, details)),
                TeamsCard.alert("NOT STARTED", sentence, details));
    }

    /** That a part cannot be watched any more, and so no change of it starts a run. */
    public Map<String, String> ofUnwatched(String part, String why) {
        var sentence = part + " of " + site.name() + " cannot be watched";
        var details = why + "\nIts changes start no run until it can be read again; the plans go on.";
        return messages(
                Set.of("failed"),
                Json.line(EmailMessage.alert("NOT WATCHED", sentence, details)),
                TeamsCard.alert("NOT WATCHED", sentence, details));
    }

    private static Set<String> events(Report report) {
        var events = new LinkedHashSet<String>();
        events.add(event(report.outcome().exit()));
        if (report.recovered()) {
            events.add("recovered");
        }
        if (report.changed().stream()
                .anyMatch(part -> part.changes() != null && part.changes().count() > 0)) {
            events.add("changed");
        }
        return events;
    }

    private static String event(ExitCode exit) {
        return switch (exit) {
            case OK -> "ok";
            case WARNING -> "warning";
            case DAMAGE -> "suspect";
            case INCONCLUSIVE -> "unknown";
            case OVERDUE -> "overdue";
            default -> "failed";
        };
    }

    /** Damage, doubt and lateness are failures for those who did not ask for them by name. */
    private static boolean matches(Set<String> wanted, Set<String> events) {
        return events.stream().anyMatch(wanted::contains)
                || (wanted.contains("failed")
                        && Stream.of("suspect", "unknown", "overdue").anyMatch(events::contains));
    }

    private Map<String, String> messages(Set<String> events, String email, String teams) {
        var messages = new LinkedHashMap<String, String>();
        for (var rule : site.notifications().rules()) {
            if (matches(rule.on(), events)) {
                if (rule.to().contains("email")) {
                    messages.put("email", email);
                }
                if (rule.to().contains("teams")) {
                    messages.put("teams", teams);
                }
            }
        }
        return messages;
    }
}
