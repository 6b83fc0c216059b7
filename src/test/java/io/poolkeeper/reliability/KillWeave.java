// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static net.bytebuddy.matcher.ElementMatchers.is;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import io.poolkeeper.run.RunStore;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.lang.instrument.IllegalClassFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.TransactionContext;

/**
 * Puts {@link KillPoint} around what leaves a process: commits and sends of JMS, commits of the run store, files and folders
 * of the vault. The product knows nothing of it. The classes are woven here, and exchanged in a process that has started: with
 * an agent that is there from the beginning Java reads every class anew, and a start takes twice as long.
 */
final class KillWeave {
    private static final Map<Class<?>, ElementMatcher<? super MethodDescription>> POINTS = Map.of(
            ActiveMQSession.class,
            named("send"),
            // not commit itself: consumers that wait commit nothing, ten times a second
            TransactionContext.class,
            named("afterCommit"),
            RunStore.class,
            named("durably"),
            Disk.class,
            isPublic()
                    .and(namedOneOf("createFolders", "create", "write", "replace", "flushFolder", "rename", "delete")),
            ArtefactWriter.class,
            named("finish"));

    private KillWeave() {}

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

    /** Packs the agent with what it exchanges. */
    static Path jar(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", KillAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        var jar = folder.resolve("kill-agent.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var type : List.of(KillAgent.class, KillPoint.class)) {
                add(out, internal(type) + ".class", compiled(type));
            }
            for (var point : POINTS.entrySet()) {
                add(out, KillAgent.WOVEN + point.getKey().getName(), woven(point.getKey(), point.getValue()));
            }
            var names = POINTS.keySet().stream().map(Class::getName).collect(Collectors.joining("\n"));
            add(out, KillAgent.NAMES, names.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static byte[] compiled(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] woven(Class<?> type, ElementMatcher<? super MethodDescription> methods) throws IOException {
        var weaver = new AgentBuilder.Default()
                .disableClassFormatChanges() // a class that is loaded gets no new methods
                .type(is(type))
                .transform((builder, description, loader, module, domain) ->
                        builder.visit(Advice.to(Around.class).on(methods)))
                .makeRaw();
        try {
            return weaver.transform(type.getClassLoader(), internal(type), type, null, compiled(type));
        } catch (IllegalClassFormatException e) {
            throw new IOException(e);
        }
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }
}
