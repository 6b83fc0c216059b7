// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.YamlDocument;

/** What a schema cannot say about watched shares. */
final class WatchChecks {
    private final Site site;
    private final Problems problems;

    WatchChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    void run() {
        site.shares().values().stream()
                .filter(share -> share.watch().isPresent())
                .forEach(this::share);
    }

    private void share(ShareSource share) {
        var place = "/shares" + YamlDocument.step(share.key()) + "/watch";
        if (site.watchPlan(share).isEmpty()) {
            var named = share.watch().flatMap(ShareSource.Watch::plan);
            problems.add(
                    named.isPresent() ? place + "/plan" : place,
                    named.map(plan -> site.plans().containsKey(plan)
                                    ? "plan " + plan + " captures no files of this share"
                                    : "there is no plan " + plan)
                            .orElse("there is no plan that a change could start"),
                    "a plan of kind backup, of level full or incremental, with this share or without parts");
        }
        var method = site.shareMethod(share.key());
        if (method != Method.ARCHIVE) {
            problems.add(
                    place,
                    "only what is captured by method archive has increments, not by " + method.word(),
                    "remove watch, or let the share be captured by method archive");
        }
    }
}
