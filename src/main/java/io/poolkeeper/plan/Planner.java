// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Plan.PlannedStep;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the stages of a backup from what is expected of it. A pure function. */
public class Planner {
    /** The stage that copies parts. */
    public static final String CAPTURE = "capture";

    /** The stage that gives the set its name. */
    public static final String PUBLISH = "publish";

    /** The stage that looks at what was captured. */
    public static final String VERIFY = "verify";

    /**
     * Plans a backup.
     *
     * @param name the plan's name
     * @param set the id of the set to be
     * @param expectations of the whole site, or of the parts that were asked for
     * @param bases the set that an incremental capture of a part may build on
     */
    public Plan backup(
            String name, String set, Level level, List<Expectation> expectations, Map<PartId, String> bases) {
        var captures = new ArrayList<PlannedStep>();
        var verifications = new ArrayList<PlannedStep>();
        var whole = new PartId(Kind.SET, set);
        for (var part : expectations) {
            if (part.toCapture()) {
                var base = level == Level.FULL ? null : bases.get(part.part());
                captures.add(new PlannedStep(
                        id(Action.CAPTURE, captures), part.part(), Action.CAPTURE, part.method(), part.worker(), base));
                verifications.add(new PlannedStep(
                        id(Action.VERIFY, verifications),
                        part.part(),
                        Action.VERIFY,
                        part.method(),
                        part.worker(),
                        null));
            }
        }
        var publish = new PlannedStep("publish", whole, Action.PUBLISH, Method.VAULT, Site.LOCAL, null);
        verifications.add(new PlannedStep("verify-set", whole, Action.VERIFY, Method.VAULT, Site.LOCAL, null));
        verifications.add(new PlannedStep("cohere-set", whole, Action.COHERE, Method.VAULT, Site.LOCAL, null));
        return new Plan(
                name,
                level,
                expectations,
                List.of(
                        new Plan.Stage(CAPTURE, List.copyOf(captures)),
                        new Plan.Stage(PUBLISH, List.of(publish)),
                        new Plan.Stage(VERIFY, List.copyOf(verifications))));
    }

    private static String id(Action action, List<PlannedStep> before) {
        return String.format(Locale.ROOT, "%s-%02d", action.word(), before.size() + 1);
    }
}
