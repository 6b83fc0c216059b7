// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.site.LabFolder;
import java.io.IOException;
import java.util.LinkedHashMap;

/** What {@code lab start} says when the lab is ready. */
final class Said {
    private Said() {}

    static String text(LabFolder folder, LabOptions options) {
        return """
                The lab is ready: OCS 2007 R2, %s edition, %d users.
                  site file  %s
                  mail       %s
                  Teams      %s
                Next:  poolkeeper plan -c %s
                       poolkeeper backup -c %s
                To end it:  poolkeeper lab stop --dir %s
                """.formatted(
                        options.edition().key(),
                        options.scale().users(),
                        folder.siteFile(),
                        folder.outbox("mail"),
                        folder.outbox("teams"),
                        folder.siteFile(),
                        folder.siteFile(),
                        folder.path());
    }

    /** One line; ports and passwords are in lab.json, which its owner alone may read. */
    static String json(LabFolder folder, LabOptions options, ProcessHandle process) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("message_type", "summary");
        line.put("version", 1);
        line.put("kind", "lab");
        line.put("exit", ExitCodes.OK);
        line.put("dir", folder.path().toString());
        line.put("site", folder.siteFile().toString());
        line.put("edition", options.edition().key());
        line.put("pid", process.pid());
        return new ObjectMapper().writeValueAsString(line) + System.lineSeparator();
    }
}
