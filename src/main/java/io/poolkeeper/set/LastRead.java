// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What some files said when they were last read, so that the steps of a run need not parse one manifest a thousand times.
 *
 * <p>A file is read to its end each time, and what was parsed serves again only if every byte is as it was: its size and times
 * do not tell that a disk, or somebody, has changed it. Thread-safe. Remembers those that were asked for last, up to a size,
 * and none of them when memory runs short.
 *
 * @param <T> what is made of a file; nobody changes it
 */
final class LastRead<T> {
    private static final int BUFFER = 1 << 16;

    private final long most;
    private final Function<String, T> parser;
    private final Map<Path, Known<T>> files = new LinkedHashMap<>(16, 0.75f, true);

    /** One reading; both are let go together. */
    private record Known<T>(long size, SoftReference<Reading<T>> reading) {}

    private record Reading<T>(ByteBuffer bytes, T value) {}

    /**
     * Remembers nothing yet.
     *
     * @param most how many bytes of files are remembered together; of a longer one none
     * @param parser makes something of a file's text; what it throws is thrown by {@link #of}
     */
    LastRead(long most, Function<String, T> parser) {
        this.most = most;
        this.parser = parser;
    }

    /**
     * What a file says now.
     *
     * @throws IOException if it cannot be read
     * @throws io.poolkeeper.schema.MalformedDocument if it is not UTF-8
     */
    T of(Path file) throws IOException {
        var key = file.toAbsolutePath();
        var known = known(key);
        if (known != null && says(file, known.bytes())) {
            return known.value();
        }
        var bytes = Files.readAllBytes(file);
        var value = parser.apply(Disk.text(file, bytes));
        remember(key, new Reading<>(ByteBuffer.wrap(bytes), value));
        return value;
    }

    private static boolean says(Path file, ByteBuffer expected) throws IOException {
        var rest = expected.duplicate();
        var buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(file)) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (n > rest.remaining() || !ByteBuffer.wrap(buffer, 0, n).equals(rest.slice(rest.position(), n))) {
                    return false;
                }
                rest.position(rest.position() + n);
            }
        }
        return !rest.hasRemaining();
    }

    private synchronized @Nullable Reading<T> known(Path file) {
        var known = files.get(file);
        return known == null ? null : known.reading().get();
    }

    private synchronized void remember(Path file, Reading<T> reading) {
        files.remove(file);
        files.put(file, new Known<>(reading.bytes().remaining(), new SoftReference<>(reading)));
        var size = files.values().stream().mapToLong(Known::size).sum();
        for (var eldest = files.values().iterator(); size > most; ) {
            size -= eldest.next().size();
            eldest.remove();
        }
    }
}
