// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.step.Output.Artefact;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes {@code files.jsonl.gz}; lines come in the order of {@link SharePath}. Not thread-safe. */
final class FileListWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ArtefactWriter artefact;
    private final FastGzip gzip;
    private final JsonGenerator json;

    /**
     * Begins a list.
     *
     * @param artefact where it goes; finished or closed together with this
     * @param share the key of the share
     * @param set the set that the list belongs to
     */
    FileListWriter(ArtefactWriter artefact, String share, String set) {
        this.artefact = artefact;
        try {
            this.gzip = new FastGzip(artefact);
            this.json = Json.MAPPER.getFactory().createGenerator(gzip);
            json.setRootValueSeparator(new SerializedString("\n"));
            json.writeStartObject();
            json.writeStringField("schema", FileList.SCHEMA);
            json.writeNumberField("version", FileList.VERSION);
            json.writeStringField("share", share);
            json.writeStringField("set", set);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the artefact throws only faults
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        void release() {
            def.end();
        }
    }

    /**
     * Adds a line.
     *
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    void write(FileLine line) {
        try {
            json.writeStartObject();
            json.writeStringField("path", line.path());
            write(line.facts());
            write(line.extras());
            if (line.content() != null) {
                write(line.content());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Facts facts) throws IOException {
        json.writeStringField("type", facts.type().word());
        if (facts.is(NodeType.FILE)) {
            json.writeNumberField("size", facts.size());
        }
        write("modified", facts.modified());
        write("created", facts.created());
        write("attributes", facts.attributes());
        write("mode", facts.mode());
        write("target", facts.target());
        write("problem", facts.problem());
        write("changed", facts.changed());
    }

    private void write(Extras extras) throws IOException {
        write("sddl", extras.sddl());
        if (extras.streams() > 0) {
            json.writeNumberField("streams", extras.streams());
        }
        if (extras.links() > 1) {
            json.writeNumberField("links", extras.links());
        }
        if (extras.sparse()) {
            json.writeBooleanField("sparse", true);
        }
    }

    private void write(FileLine.Content content) throws IOException {
        json.writeStringField("sha256", content.sha256());
        json.writeStringField("set", content.set());
        json.writeStringField("segment", content.segments().get(0));
        json.writeStringField("entry", content.entry());
        if (content.segments().size() > 1) {
            json.writeArrayFieldStart("more");
            for (var segment : content.segments().subList(1, content.segments().size())) {
                json.writeString(segment);
            }
            json.writeEndArray();
        }
    }

    private void write(String key, @Nullable Instant value) throws IOException {
        write(key, value == null ? null : TimeText.of(value));
    }

    private void write(String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }

    /**
     * Ends the list and flushes it to the disk.
     *
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    Artefact finish() {
        try {
            json.writeRaw('\n');
            json.flush();
            gzip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artefact.finish();
    }

    @Override
    public void close() {
        gzip.release();
        artefact.close();
    }
}
