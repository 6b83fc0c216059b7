// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Notify;
import io.poolkeeper.site.Site;
import io.poolkeeper.tool.HandOffFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** What the routes of a coordinator need beyond those of a worker: where triggers and mail go, and what starts by itself. */
final class CoordinatorRoutes {
    private CoordinatorRoutes() {}

    /** Before the routes are started. */
    static void prepare(Workflow workflow, Site site) {
        var email = site.notifications().email();
        workflow.property("poolkeeper.trigger.folder", triggerFolder(site).toString());
        workflow.property("poolkeeper.mail.host", email.map(Notify.Email::host).orElse("unconfigured.invalid"));
        workflow.property(
                "poolkeeper.mail.port", email.map(Notify.Email::port).orElse(25).toString());
        workflow.property("poolkeeper.mail.from", email.map(Notify.Email::from).orElse("nobody@unconfigured.invalid"));
        workflow.property(
                "poolkeeper.mail.to",
                email.map(said -> String.join(",", said.to())).orElse("nobody@unconfigured.invalid"));
        var mail = new MailServer(email);
        workflow.bind("mailProperties", mail.properties());
        workflow.bind("mailAuthenticator", mail);
    }

    private static Path triggerFolder(Site site) {
        try {
            return Disk.createFolders(site.state().dir().resolve("trigger"));
        } catch (IOException e) {
            throw new NotStarted("the trigger folder cannot be created: " + e.getMessage(), e);
        }
    }

    /** After the routes were started: three routes per host without Java, for its steps, its jobs and its answers. */
    static void serveHosts(Workflow workflow, Site site) {
        for (var worker : site.workers().values()) {
            worker.handOff().map(HandOffFolder::new).ifPresent(folder -> {
                TemplatedRouteBuilder.builder(workflow.context(), "hand-off-job")
                        .routeId("hand-off-job-" + worker.name())
                        .parameter("host", worker.name())
                        .parameter("folder", folder.in().toString())
                        .add();
                TemplatedRouteBuilder.builder(workflow.context(), "take-answer")
                        .routeId("take-answer-" + worker.name())
                        .parameter("host", worker.name())
                        .parameter("folder", folder.out().toString())
                        .add();
                TemplatedRouteBuilder.builder(workflow.context(), "take-step-of-host")
                        .routeId("take-step-of-host-" + worker.name())
                        .parameter("host", worker.name())
                        .add();
            });
        }
    }

    /** After the routes were started: plans and watched shares start runs by themselves from now on. */
    static void startByThemselves(Workflow workflow, Site site) {
        addTimers(workflow.context(), site);
        addWatches(workflow.context(), site);
        addExportWatches(workflow.context(), site);
    }

    private static void addExportWatches(CamelContext context, Site site) {
        var number = 0;
        for (var observation : ExportChanges.watched(site)) {
            number++;
            TemplatedRouteBuilder.builder(context, "watch-export")
                    .routeId("watch-export-" + number)
                    .parameter("part", observation.part())
                    .parameter("id", number)
                    .parameter("period", "{{poolkeeper.watch.period}}")
                    .add();
        }
    }

    /** Three routes per watched share: what is heard of it, the time to scan it, and the question for a run. */
    private static void addWatches(CamelContext context, Site site) {
        for (var share : site.shares().values()) {
            share.watch().ifPresent(watch -> {
                TemplatedRouteBuilder.builder(context, "watch-share")
                        .routeId("watch-share-" + share.key())
                        .parameter("share", share.key())
                        .parameter("quiet", watch.quiet().toMillis())
                        .parameter("atMost", watch.atMost().toString())
                        .add();
                TemplatedRouteBuilder.builder(context, "scan-share")
                        .routeId("scan-share-" + share.key())
                        .parameter("share", share.key())
                        .parameter("scan", watch.scan().toMillis())
                        .add();
                TemplatedRouteBuilder.builder(context, "ask-for-changed-share")
                        .routeId("ask-for-changed-share-" + share.key())
                        .parameter("share", share.key())
                        .parameter("period", "{{poolkeeper.watch.period}}")
                        .add();
            });
        }
    }

    /** One route per plan with a cron expression, and one that looks whether they start. */
    private static void addTimers(CamelContext context, Site site) {
        TemplatedRouteBuilder.builder(context, "watch-over-plans")
                .routeId("watch-over-plans")
                .parameter("period", "{{poolkeeper.watch.period}}")
                .add();
        for (var plan : site.plans().values()) {
            plan.cron()
                    .ifPresent(cron -> TemplatedRouteBuilder.builder(context, "plan-timer")
                            .routeId("plan-timer-" + plan.name())
                            .parameter("plan", plan.name())
                            .parameter("cron", cron)
                            .parameter("timeZone", site.zone().getId())
                            .add());
        }
    }
}
