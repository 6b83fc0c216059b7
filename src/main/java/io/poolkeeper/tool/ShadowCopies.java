// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.ShadowTools;
import io.poolkeeper.site.ShadowTools.Way;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shadow copies of this host's volumes: made, shown below a folder, and removed again. Each has a folder below the state folder in
 * which is written down what was made before it is made, so that what a killed program left is found by the next. Thread-safe.
 */
public final class ShadowCopies {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowCopies.class);
    private static final String ALIAS = "POOLKEEPER";
    private static final String NOTE = "shadow.json";
    private static final Duration REMOVAL = Duration.ofMinutes(2);
    private static final String ELEVATED =
            "the account that runs Poolkeeper must be an administrator and elevated; look with  vssadmin list shadowstorage"
                    + "  whether there is room for shadow copies";

    private final Site site;
    private final Function<Path, Volume> volumes;
    private final Set<String> mine = ConcurrentHashMap.newKeySet();

    /** Shadow copies for a site. */
    public ShadowCopies(Site site) {
        this(site, Volume::of);
    }

    /**
     * Shadow copies for a site.
     *
     * @param volumes the volume that a folder lies on
     */
    public ShadowCopies(Site site, Function<Path, Volume> volumes) {
        this.site = site;
        this.volumes = volumes;
    }

    /**
     * What was made, as it is written down.
     *
     * @param id with braces; null while nobody knows it
     * @param shown the folder at which the volume of that moment is seen
     * @param ended whether the program that makes it came to its end
     */
    private record Note(Way way, String volume, @Nullable String id, String shown, String run, boolean ended) {
        Note ended(Optional<String> found) {
            return new Note(way, volume, found.orElse(null), shown, run, true);
        }

        String unknown() {
            return "run " + run + " was stopped while a shadow copy of " + volume
                    + " was made; look with  vssadmin list shadows  whether there is one that nobody needs, then delete "
                    + Path.of(shown).getParent();
        }
    }

    /**
     * A shadow copy that can be read.
     *
     * @param name of its folder
     * @param folder the folder that was wanted, as it was when the shadow copy was made
     * @param warnings about shadow copies that earlier runs left
     */
    public record Shadow(String name, Path folder, List<String> warnings) {}

    /**
     * Makes a shadow copy of the volume of a folder.
     *
     * @throws StepFault if it cannot be made; nothing is left then
     */
    public Shadow make(Way way, Path folder, Step step, Work work) {
        var volume = volumes.apply(folder);
        var name = step.run() + "-" + step.attemptName();
        var place = places().resolve(name);
        var shown = place.resolve("volume");
        try {
            var warnings = removeLeftovers();
            mine.add(name);
            if (Files.exists(place)) {
                throw new PermanentFault(
                        "an earlier delivery of this step left a shadow copy: " + String.join("; ", warnings),
                        "remove it by hand, then delete " + place);
            }
            Disk.createFolders(place);
            var note = new Note(way, volume.name(), null, shown.toString(), step.run(), false);
            write(place, note);
            if (way == Way.DISKSHADOW) {
                byDiskshadow(place, shown, note, work);
            } else {
                byVssadmin(place, shown, note, work);
            }
            var within = shown.resolve(
                    volume.root().relativize(folder.toAbsolutePath()).toString());
            if (!Files.isDirectory(within)) {
                throw new PermanentFault(
                        "the shadow copy of " + volume.name() + " was made, but " + folder + " cannot be seen in it at "
                                + within,
                        ELEVATED);
            }
            return new Shadow(name, within, warnings);
        } catch (IOException e) {
            remove(name).ifPresent(LOG::warn);
            throw new PermanentFault(
                    "the folder " + place + " for a shadow copy cannot be used: " + e.getMessage(),
                    "check state.dir, its volume and its permissions",
                    e);
        } catch (StepFault e) {
            remove(name).ifPresent(LOG::warn);
            throw e;
        }
    }

    private void byDiskshadow(Path place, Path shown, Note note, Work work) throws IOException {
        Files.createDirectory(shown);
        var script = place.resolve("create.txt");
        Files.writeString(
                script, """
                set context persistent nowriters
                set metadata %s
                set verbose on
                begin backup
                add volume %s alias %s
                create
                expose %%%s%% %s
                end backup
                """.formatted(quoted(place.resolve("metadata.cab")), note.volume(), ALIAS, ALIAS, quoted(shown))
                        .replace("\n", "\r\n"));
        var ended = run(diskshadow(), List.of("/s", script.toString()), work);
        write(place, note.ended(ShadowOutput.id(ended.output(), ALIAS)));
        if (ended.exit() != 0) {
            throw new PermanentFault("diskshadow ended with " + ended.exit() + ": " + ended.lastWords(), ELEVATED);
        }
    }

    private void byVssadmin(Path place, Path shown, Note note, Work work) {
        var ended = run(vssadmin(), List.of("create", "shadow", "/for=" + note.volume()), work);
        var id = ShadowOutput.id(ended.output());
        write(place, note.ended(id));
        var device = ShadowOutput.device(ended.output());
        if (ended.exit() != 0 || id.isEmpty() || device.isEmpty()) {
            throw new PermanentFault(
                    "vssadmin create shadow /for=" + note.volume() + " ended with " + ended.exit() + ": "
                            + ended.lastWords(),
                    ELEVATED + "; it is for servers: Windows for workstations cannot do that");
        }
        var linked = run(mklink(), List.of("/d", shown.toString(), device.get() + "\\"), work);
        if (linked.exit() != 0) {
            throw new PermanentFault(
                    "mklink ended with " + linked.exit() + ": " + linked.lastWords(),
                    "the account that runs Poolkeeper needs the right to make symbolic links");
        }
    }

    /**
     * Removes a shadow copy, also when the run was cancelled.
     *
     * @return what is left, and what to do about it; empty if nothing is
     */
    public Optional<String> remove(String name) {
        var place = places().resolve(name);
        try {
            var note = Json.read(Files.readString(place.resolve(NOTE)), Note.class);
            var failure = note.way() == Way.DISKSHADOW ? byDiskshadow(place, note) : byVssadmin(note);
            if (failure.isEmpty()) {
                Files.deleteIfExists(Path.of(note.shown()));
                Disk.delete(place);
            }
            return failure;
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it was never begun
        } catch (IOException | MalformedDocument e) {
            return Optional.of("what is left of a shadow copy in " + place + " cannot be removed: " + e.getMessage());
        } finally {
            mine.remove(name);
        }
    }

    private Optional<String> byDiskshadow(Path place, Note note) throws IOException {
        var shown = Path.of(note.shown());
        if (note.id() == null && isEmpty(shown)) {
            return note.ended() ? Optional.empty() : Optional.of(note.unknown());
        }
        var script = place.resolve("delete.txt");
        Files.writeString(
                script,
                note.id() == null
                        ? "delete shadows exposed " + quoted(shown) + "\r\n"
                        : "delete shadows id " + note.id() + "\r\n");
        return removed(note, diskshadow(), List.of("/s", script.toString()));
    }

    private Optional<String> byVssadmin(Note note) throws IOException {
        if (note.id() == null) {
            return note.ended() ? Optional.empty() : Optional.of(note.unknown());
        }
        // the link first: through it the folder's deletion would reach into the shadow copy
        if (Files.exists(Path.of(note.shown()), LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(Path.of(note.shown()));
        }
        return removed(note, vssadmin(), List.of("delete", "shadows", "/shadow=" + note.id(), "/quiet"));
    }

    private Optional<String> removed(Note note, Tool tool, List<String> arguments) {
        String why;
        try {
            var ended = run(tool, arguments, new Unattended(REMOVAL));
            why = ended.exit() == 0 ? null : tool.name() + " ended with " + ended.exit() + ": " + ended.lastWords();
        } catch (StepFault e) {
            why = e.getMessage();
        }
        return Optional.ofNullable(why)
                .map(text -> "the shadow copy " + (note.id() == null ? "at " + note.shown() : note.id()) + " of "
                        + note.volume() + " from run " + note.run() + " is still there (" + text
                        + "): it is tried again at the next; by hand  vssadmin delete shadows /shadow=" + note.id());
    }

    /** What programs left that were killed. */
    private synchronized List<String> removeLeftovers() throws IOException {
        var warnings = new ArrayList<String>();
        if (!Files.isDirectory(places())) {
            return warnings;
        }
        List<String> names;
        try (var all = Files.list(places())) {
            names = all.map(place -> place.getFileName().toString())
                    .filter(name -> !mine.contains(name))
                    .sorted()
                    .toList();
        }
        for (var name : names) {
            LOG.info("a shadow copy of {} was left; it is removed", name);
            remove(name).ifPresent(warnings::add);
        }
        return warnings;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (var all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    private static void write(Path place, Note note) {
        try {
            Disk.replace(place.resolve(NOTE), Json.line(note).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new PermanentFault(
                    "a shadow copy cannot be written down in " + place + ": " + e.getMessage(),
                    "check state.dir, its volume and its permissions",
                    e);
        }
    }

    private Path places() {
        return site.state().dir().resolve("shadow");
    }

    /** diskshadow knows quotes for paths with blanks. */
    private static String quoted(Path path) {
        return path.toString().contains(" ") ? '"' + path.toString() + '"' : path.toString();
    }

    private Tool diskshadow() {
        return tool("diskshadow", site.shadow().diskshadow());
    }

    private Tool vssadmin() {
        return tool("vssadmin", site.shadow().vssadmin());
    }

    private Tool mklink() {
        return tool("mklink", site.shadow().mklink());
    }

    private Tool tool(String name, List<String> words) {
        return new Tool(name, "shadow." + name, words, Tool.folder(site));
    }

    /** The program that a way needs first; for {@code check}. */
    static Tool needed(Site site, Way way) {
        var tools = new ShadowCopies(site);
        return way == Way.DISKSHADOW ? tools.diskshadow() : tools.vssadmin();
    }

    /** vssadmin as it is configured for shadow copies; for {@code check}. */
    static Tool vssadmin(Site site) {
        return new ShadowCopies(site).vssadmin();
    }

    private ToolRun.Ended run(Tool tool, List<String> arguments, Work work) {
        return new ToolRun(new SafeEnvironment(site)).run(tool.name(), tool.with(arguments), Tool.folder(site), work);
    }

    /** Whether a server's Windows has what a way needs. */
    static boolean fits(Way way, String os) {
        return way != Way.DISKSHADOW || ShadowTools.hasDiskshadow(os);
    }
}
