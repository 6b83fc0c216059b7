// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes in a folder from the operating system, in a thread of its own, as long as the folder is there; when it comes
 * back it listens again. A folder of a file server is left alone, see {@link Watching}.
 */
public final class FolderWatch implements AutoCloseable {
    /** The whole tree is gone through at each attempt: where the system refuses, not too often. */
    private static final int REFUSED_PAUSES = 120;

    private final String name;
    private final Path folder;
    private final Duration pause;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable DirectoryWatcher current;

    /** Who wants to know. Called by the watch's own thread. */
    public interface Listener {
        /** From now on changes are heard; those before were not. */
        void began();

        /**
         * Something changed.
         *
         * @param path in the folder, with slashes; empty if the system lost count of what changed
         */
        void changed(String path);

        /** Changes are not heard any more, for now. */
        void ended(String why);
    }

    /**
     * A watch that has not begun.
     *
     * @param name for its thread
     * @param pause how often a folder that is away is looked for
     */
    public FolderWatch(String name, Path folder, Duration pause, Listener listener) {
        this.name = name;
        this.folder = folder;
        this.pause = pause;
        this.listener = listener;
    }

    /** Begins. */
    public void start() {
        var thread = new Thread(this::run, "watch-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                var pauses = Files.isDirectory(folder) ? watch() : 1;
                if (pauses == 0 || closed.await(pause.multipliedBy(pauses).toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens until it ends; answers how long to wait before the next attempt, 0 if there shall be none. */
    private int watch() {
        try {
            if (!Watching.of(folder).told()) {
                return 0;
            }
            listen();
            tellEnd("the folder " + folder + " is gone");
            return 1;
        } catch (IOException | UncheckedIOException | CompletionException e) {
            var cause = e.getCause() instanceof IOException io ? io : e;
            tellEnd(
                    Files.isDirectory(folder)
                            ? "the system does not watch it: " + cause.getMessage()
                                    + ". HINT: on Linux raise fs.inotify.max_user_watches; until then scans alone serve it"
                            : "the folder " + folder + " is gone");
            return Files.isDirectory(folder) ? REFUSED_PAUSES : 1;
        }
    }

    private void tellEnd(String why) {
        if (closed.getCount() > 0) {
            listener.ended(why);
        }
    }

    private void listen() throws IOException {
        var watcher = DirectoryWatcher.builder()
                .path(folder)
                .watchService(FileSystems.getDefault().newWatchService())
                .fileHashing(false) // it would read every file
                .fileTreeVisitor(FolderWatch::visit)
                .listener(new Heard())
                .build();
        current = watcher;
        try {
            if (closed.getCount() > 0) {
                watcher.watchAsync(loop -> {
                            listener.began();
                            loop.run();
                        })
                        .join();
            }
        } finally {
            current = null;
            watcher.close();
        }
    }

    private final class Heard implements DirectoryChangeListener {
        @Override
        public void onEvent(DirectoryChangeEvent event) {
            if (event.eventType() == DirectoryChangeEvent.EventType.OVERFLOW || event.path() == null) {
                listener.changed("");
                return;
            }
            var path = folder.relativize(event.path()).toString().replace('\\', '/');
            if (!Exclusions.cover(path)) {
                listener.changed(path);
            }
        }
    }

    /** Folders alone are watched, never what a link leads to; one that cannot be read is the scan's to tell. */
    private static void visit(Path root, FileTreeVisitor.Callback onFolder, FileTreeVisitor.Callback onFile)
            throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) throws IOException {
                onFolder.call(dir);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        closed.countDown();
        var watcher = current;
        if (watcher != null) {
            try {
                watcher.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
