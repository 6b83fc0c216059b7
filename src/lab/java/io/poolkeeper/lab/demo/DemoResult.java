// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.lab.Change;
import io.poolkeeper.lab.compare.Difference;
import java.util.List;
import java.util.Map;

/**
 * What the demonstration came to.
 *
 * @param backup the backup's summary
 * @param line what can be restored, after the last thing that was done
 * @param compared part to how many differences there are between it and its live source
 * @param changes what was changed on purpose
 * @param differences what the comparison found
 * @param mails how many e-mails arrived
 * @param cards how many Teams cards arrived
 * @param notes what else there is to say
 */
record DemoResult(
        int exit,
        ObjectNode backup,
        String line,
        Map<String, Integer> compared,
        List<Change> changes,
        List<Difference> differences,
        int mails,
        int cards,
        List<String> notes) {
    /** The backup's summary with what the demonstration found beyond it: its keys stay what they are. */
    ObjectNode summary() {
        var summary = backup.deepCopy();
        summary.put("exit", exit).put("line", line);
        for (var part : summary.path("parts")) {
            var count = compared.get(part.path("part").asText());
            if (count != null) {
                ((ObjectNode) part).put("restored", true).put("differences", count);
            }
        }
        var found = summary.putArray("differences");
        differences.forEach(difference -> found.addObject()
                .put("part", difference.part())
                .put("place", difference.place())
                .put("live", difference.live())
                .put("restored", difference.restored()));
        summary.putObject("told").put("email", mails).put("teams", cards);
        return summary;
    }

    JsonNode parts() {
        return backup.path("parts");
    }
}
