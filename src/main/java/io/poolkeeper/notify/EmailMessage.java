// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import io.poolkeeper.run.PartOutcome;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One e-mail in both its forms.
 *
 * @param subject begins with the verdict, one line
 * @param text plain text
 * @param html the same as HTML, without anything that is fetched from elsewhere
 */
public record EmailMessage(String subject, String text, String html) {
    private static final int LONGEST_SUBJECT = 180;

    /** The e-mail of a report. */
    public static EmailMessage of(Report report) {
        var subject = "[" + report.verdict() + "] " + (report.recovered() ? "recovered: " : "") + report.headline();
        return new EmailMessage(
                Texts.shorten(subject.replaceAll("\\s+", " "), LONGEST_SUBJECT),
                ConsoleReport.text(report),
                html(report));
    }

    /** A short message without a report behind it. */
    public static EmailMessage alert(String word, String sentence, String details) {
        var html = "<!DOCTYPE html><html><body><h2>" + Texts.html(word + ": " + sentence) + "</h2><pre>"
                + Texts.html(details) + "</pre></body></html>";
        return new EmailMessage(
                Texts.shorten("[" + word + "] " + sentence.replaceAll("\\s+", " "), LONGEST_SUBJECT),
                sentence + "\n\n" + details + "\n",
                html);
    }

    private static String html(Report report) {
        var outcome = report.outcome();
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
                <body style="font-family:Segoe UI,Arial,sans-serif;font-size:14px;color:#222">
                <p style="font-size:18px"><b>%s</b></p>
                <p><b style="color:%s">%s</b> %s</p>
                %s<table style="border-collapse:collapse;font-size:13px">
                <tr><th align="left">Outcome</th><th align="left">Part</th><th align="left">Disposition</th><th align="left">Verdict</th><th align="right">Size</th><th align="left">Why</th></tr>
                %s</table>
                %s<p>%s, exit %d<br>Run %s, finished %s</p>
                </body></html>
                """.formatted(
                        Texts.html(report.verdict()),
                        Texts.html(report.restorability().line()),
                        colour(report),
                        report.verdict(),
                        Texts.html(report.headline()),
                        notes(report),
                        outcome.parts().stream().map(EmailMessage::row).collect(Collectors.joining()),
                        changed(report),
                        Texts.html(report.account()),
                        outcome.exit().code(),
                        Texts.html(outcome.run().id()),
                        Texts.time(outcome.finished(), report.site().zone()));
    }

    private static String notes(Report report) {
        return report.outcome().notes().stream()
                .map(note -> "<p>" + Texts.html(note) + "</p>\n")
                .collect(Collectors.joining());
    }

    private static String changed(Report report) {
        var html = new StringBuilder();
        for (var part : report.changed()) {
            var changes = Objects.requireNonNull(part.changes());
            html.append("<p>CHANGED ")
                    .append(Texts.html(part.part() + " since set " + changes.since()))
                    .append(changes.unknown() == null ? "" : ": could not be compared: ")
                    .append(Texts.html(changes.unknown()))
                    .append("<br>\n");
            changes.lines()
                    .forEach(line ->
                            html.append("<code>").append(Texts.html(line)).append("</code><br>\n"));
            html.append(changes.more() > 0 ? "... and " + changes.more() + " more" : "")
                    .append("</p>\n");
        }
        return html.toString();
    }

    private static String row(PartOutcome part) {
        var why = part.cause() == null
                ? (part.disposition().captured() ? "" : part.reason())
                : part.cause() + (part.hint() == null ? "" : " - HINT: " + part.hint());
        return "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td align=\"right\">%s</td><td>%s</td></tr>%n"
                .formatted(
                        part.outcome() == null ? "-" : part.outcome(),
                        Texts.html(part.part().toString()),
                        part.disposition().word(),
                        part.verdict()
                                + (part.depth() == null
                                        ? ""
                                        : " " + part.depth().word()),
                        Texts.size(part.bytes()),
                        Texts.html(why));
    }

    /** Never by colour alone: the word stands there too. */
    private static String colour(Report report) {
        return switch (report.verdict()) {
            case "OK" -> "#107c10";
            case "WARNING", "UNKNOWN" -> "#9d5d00";
            default -> "#a4262c";
        };
    }
}
