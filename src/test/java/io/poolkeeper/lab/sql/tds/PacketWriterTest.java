// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketWriterTest {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final PacketWriter writer = new PacketWriter(wire, 51);

    private List<Integer> lengths() {
        var bytes = wire.toByteArray();
        var lengths = new ArrayList<Integer>();
        for (var at = 0; at < bytes.length; ) {
            var length = (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
            lengths.add(length);
            at += length;
        }
        return lengths;
    }

    @Test
    void splitsAMessageThatTheReaderPutsTogether() throws IOException {
        writer.packetSize(512);
        writer.write(new Bytes().raw(new byte[1200]));
        writer.end();

        assertThat(lengths()).containsExactly(512, 512, 1200 - 2 * 504 + 8);
        var message = new PacketReader(new ByteArrayInputStream(wire.toByteArray())).read();
        assertThat(message.type()).isEqualTo(PacketType.RESPONSE);
        assertThat(message.body()).hasSize(1200);
    }

    @Test
    void sendsAHalfFilledPacketWhenFlushed() {
        writer.write(new Bytes().u8(1));
        writer.flush();

        assertThat(lengths()).containsExactly(9);
        assertThat(wire.toByteArray()[1]).as("not the end of the message").isZero();
        assertThat(wire.toByteArray()[5]).as("the session").isEqualTo((byte) 51);
    }
}
