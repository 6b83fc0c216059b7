// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;

/** Lives in the process that is to die: exchanges classes of the product for those that {@link KillWeave} has packed with it. */
public final class KillAgent {
    /** Folder of the woven classes in the agent's jar, and the list of their names. */
    static final String WOVEN = "woven/";

    static final String NAMES = WOVEN + "names";

    private KillAgent() {}

    /** Called by Java when the agent is attached; the argument is the folder of the process's {@link KillPoint}s. */
    public static void agentmain(String folder, Instrumentation instrumentation) throws Exception {
        System.setProperty(KillPoint.FOLDER_PROPERTY, folder);
        for (var name : new String(bytes(NAMES), StandardCharsets.UTF_8).lines().toList()) {
            var type = Class.forName(name, false, KillAgent.class.getClassLoader());
            instrumentation.redefineClasses(new ClassDefinition(type, bytes(WOVEN + name)));
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = KillAgent.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the agent's jar lacks " + resource);
            }
            return in.readAllBytes();
        }
    }
}
