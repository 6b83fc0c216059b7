// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Names;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HostJob;
import io.poolkeeper.tool.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has dbimpexp export the contacts, groups and conferences of a pool's users. Without it a backup of rtc is of no use once
 * Active Directory was rebuilt, because rtc maps that directory's identifiers.
 */
public final class CaptureUserData implements StepHandler {
    private static final String ROOT = "HomedResources";

    private final Site site;
    private final HandOff handOff;

    /**
     * Exports what a site file describes.
     *
     * @param handOff has it done where the server has no Java
     */
    public CaptureUserData(Site site, HandOff handOff) {
        this.site = site;
        this.handOff = handOff;
    }

    /** What a host without Java does for a part. */
    public static HostJob hostJob(Site site, PartId part) {
        return ToolExport.hostJob(order(site, part), Tool.dbimpexp(site), part);
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        return ToolExport.of(site, Tool.dbimpexp(site), handOff, step).export(order(site, step.part()), work);
    }

    /** What is wanted of dbimpexp for a part. */
    static ToolExport.Order order(Site site, PartId part) {
        var pool = LcsCmdTarget.pool(site, part.leaf());
        return new ToolExport.Order(
                "dbimpexp",
                "userdata/" + Names.encode(pool.name()) + ".xml",
                file -> arguments(site, pool, file),
                List.of(),
                CaptureUserData::check);
    }

    /** The arguments of an import of all users. */
    static List<String> importArguments(Site site, PartId part, Path file) {
        var arguments = new ArrayList<String>();
        arguments.add("/import");
        arguments.addAll(arguments(site, LcsCmdTarget.pool(site, part.leaf()), file));
        return arguments;
    }

    /** A Standard Edition server's database is local, so its /sqlserver is left out. */
    private static List<String> arguments(Site site, Pool pool, Path file) {
        var arguments = new ArrayList<String>();
        arguments.add("/hrxmlfile:" + file);
        if (pool.edition() == Edition.ENTERPRISE) {
            arguments.add("/sqlserver:" + BackEnd.of(site, pool));
        }
        arguments.add("/restype:user");
        return arguments;
    }

    private static void check(XmlReading reading, List<String> warnings) {
        var facts = reading.facts();
        if (!facts.root().equals(ROOT)) {
            warnings.add("the user data is <" + facts.root() + "> and not <" + ROOT + ">");
        }
        if (facts.users() == 0) {
            warnings.add("dbimpexp exported no user");
        }
    }
}
