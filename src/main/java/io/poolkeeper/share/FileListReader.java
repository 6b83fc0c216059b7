// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads {@code files.jsonl.gz} line by line, and refuses what is not in order. Not thread-safe. */
final class FileListReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final JsonParser json;
    private String last = "";
    private long lines = 1;

    /**
     * Opens a list and reads its first line.
     *
     * @throws IOException if it cannot be read
     * @throws MalformedDocument if it is no list, or one that a later release wrote
     */
    FileListReader(Path file) throws IOException {
        var in = Files.newInputStream(file);
        try {
            this.json = Json.MAPPER.getFactory().createParser(new GZIPInputStream(in, BUFFER));
            head();
        } catch (IOException e) {
            in.close();
            throw sorted(e);
        } catch (MalformedDocument e) {
            in.close();
            throw e;
        }
    }

    /**
     * The next line.
     *
     * @return null after the last
     * @throws IOException if it cannot be read
     * @throws MalformedDocument naming the line that is none, or that is not in order
     */
    @Nullable FileLine next() throws IOException {
        try {
            if (json.nextToken() == null) {
                return null;
            }
            lines++;
            var line = new FileLineParser(json).parse();
            if (SharePath.compare(last, line.path()) >= 0) {
                throw new MalformedDocument("is not in the order of its paths");
            }
            last = line.path();
            return line;
        } catch (MalformedDocument e) {
            throw new MalformedDocument(FileList.FILE + ":" + lines + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw sorted(e);
        }
    }

    private void head() throws IOException {
        var schema = "";
        var version = 0;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedDocument(FileList.FILE + ":1 is not a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var key = json.currentName();
            json.nextToken();
            if (key.equals("schema")) {
                schema = json.getText();
            } else if (key.equals("version")) {
                version = json.getValueAsInt();
            } else {
                json.skipChildren();
            }
        }
        if (!schema.equals(FileList.SCHEMA) || version < 1 || version > FileList.VERSION) {
            throw new MalformedDocument(FileList.FILE + ":1 is not the head of a list that this release can read");
        }
    }

    /** Tells bytes that are wrong from bytes that cannot be read. */
    private IOException sorted(IOException error) {
        var isText = error instanceof JsonProcessingException
                || error instanceof CharConversionException; // bytes that begin as UTF-32 would
        if (isText || error instanceof ZipException || error instanceof EOFException) {
            var what = isText ? "is not JSON" : "is cut off or damaged";
            throw new MalformedDocument(FileList.FILE + ":" + (lines + 1) + " " + what, error);
        }
        return error;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
