// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.YamlDocument;

/** What a schema cannot say about images of Windows Server Backup. */
final class WindowsBackupChecks {
    private final Site site;
    private final Problems problems;

    WindowsBackupChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    void run() {
        var wbadmin = site.wbadmin();
        wanted("database", site.methods().database());
        wanted("share", site.methods().share());
        site.methods().directory().forEach(method -> wanted("directory", method));
        if (wbadmin.target().isPresent() && !wbadmin.isTold()) {
            problems.add(
                    "/wbadmin/target",
                    "is no place that wbadmin can be told",
                    "a share such as '\\\\nas\\wbadmin', or a volume of each server such as 'E:'");
        }
        if (wbadmin.full() && site.methods().database() == Method.WBADMIN) {
            site.sources().values().stream().filter(SqlSource::foreignChain).forEach(this::foreign);
        }
    }

    private void wanted(String kind, Method method) {
        var images = method == Method.WBADMIN || method == Method.SYSTEM_STATE;
        if (images && site.wbadmin().target().isEmpty()) {
            problems.add(
                    "/methods/" + kind,
                    "wbadmin needs to know where its images go",
                    "add wbadmin: {target: '\\\\nas\\wbadmin'}, a share that the servers may write");
        }
    }

    private void foreign(SqlSource source) {
        problems.add(
                "/wbadmin/vss",
                "full would break the chain of the product that owns sql."
                        + YamlDocument.step(source.key()).substring(1),
                "set wbadmin.vss: copy, or sql." + source.key() + ".chain: own if no other product backs it up");
    }
}
