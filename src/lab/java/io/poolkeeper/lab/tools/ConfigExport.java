// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * {@code /config /action:export /level:global,pool /configfile:FILE /poolname:POOL} and {@code /level:machine ... /fqdn:FQDN}; on
 * a Standard Edition server {@code /poolname} will do for the machine as well, as in the seed article's demonstration.
 */
final class ConfigExport {
    private final OcsFolder ocs;

    ConfigExport(OcsFolder ocs) {
        this.ocs = ocs;
    }

    Path run(Arguments command) throws IOException {
        command.allowOnly("config", "action", "level", "configfile", "poolname", "fqdn", "l");
        var levels = Level.parse(command.required("level"));
        var file = command.newFile("configfile");
        var xml = new Xml("utf-8")
                .comment("Exported at " + Instant.now())
                .begin("OcsConfiguration", "Version", "3.5.6907.0");
        for (var level : levels) {
            add(xml, level, command);
        }
        Files.writeString(file, xml.end("OcsConfiguration").toString());
        return file;
    }

    private void add(Xml xml, Level level, Arguments command) throws IOException {
        var target = Target.of(ocs, level, command);
        xml.begin("Level", "Name", level.key(), target.attribute(), target.name());
        List<Section> sections = target.read(ocs);
        var open = "";
        for (var section : sections) {
            if (!section.type().equals(open)) {
                if (!open.isEmpty()) {
                    xml.end("Class");
                }
                open = section.type();
                xml.begin("Class", "Name", open);
            }
            xml.begin("Instance", "Key", section.key());
            for (var value : section.values().entrySet()) {
                xml.text("Property", value.getValue(), "Name", value.getKey());
            }
            xml.end("Instance");
        }
        if (!open.isEmpty()) {
            xml.end("Class");
        }
        xml.end("Level");
    }
}
