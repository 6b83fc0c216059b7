// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Weaves {@link KillPoint} around what leaves the process: commits and sends of JMS, commits of the run store,
 * files and folders of the vault. The product knows nothing of it.
 */
public final class KillAgent {
    private KillAgent() {}

    /** Called by the JVM of the product before its main method. */
    public static void premain(String argument, Instrumentation instrumentation) {
        weave(instrumentation, "org.apache.activemq.ActiveMQSession", named("send"));
        // not commit itself: consumers that wait commit nothing, ten times a second
        weave(instrumentation, "org.apache.activemq.TransactionContext", named("afterCommit"));
        weave(instrumentation, "io.poolkeeper.run.RunStore", named("durably"));
        weave(
                instrumentation,
                "io.poolkeeper.set.Disk",
                isPublic()
                        .and(namedOneOf(
                                "createFolders", "create", "write", "replace", "flushFolder", "rename", "delete")));
        weave(instrumentation, "io.poolkeeper.set.ArtefactWriter", named("finish"));
    }

    private static void weave(
            Instrumentation instrumentation, String type, ElementMatcher<? super MethodDescription> methods) {
        new AgentBuilder.Default()
                .type(named(type))
                .transform((builder, description, loader, module, domain) ->
                        builder.visit(Advice.to(Around.class).on(methods)))
                .installOn(instrumentation);
    }

    /** Copied into each method. */
    static final class Around {
        private Around() {}

        @Advice.OnMethodEnter
        static void before(@Advice.Origin("#t.#m") String method) {
            KillPoint.pass("before " + method);
        }

        @Advice.OnMethodExit
        static void after(@Advice.Origin("#t.#m") String method) {
            KillPoint.pass("after " + method);
        }
    }

    /** Packs the agent for a JVM of the product. */
    static Path jar(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", KillAgent.class.getName());
        manifest.getMainAttributes().putValue("Class-Path", library().toUri().toString());
        var jar = folder.resolve("kill-agent.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var type : List.of(KillAgent.class, KillPoint.class, Around.class)) {
                var name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (var in = KillAgent.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }

    private static Path library() {
        try {
            return Path.of(Advice.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
