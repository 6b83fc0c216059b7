// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/**
 * TLS over streams. An engine rather than a socket, because the handshake travels in packets and encryption may end
 * after the login while the connection goes on. After the handshake one thread may read while another writes.
 */
final class TlsLayer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteBuffer received;
    private final ByteBuffer plain;

    TlsLayer(SSLEngine engine) {
        this.engine = engine;
        var session = engine.getSession();
        received = ByteBuffer.allocate(session.getPacketBufferSize() * 2).limit(0);
        plain = ByteBuffer.allocate(session.getApplicationBufferSize()).limit(0);
    }

    /** Shakes hands over the given streams; afterwards the records may go over others. */
    void handshake(InputStream in, OutputStream out) throws IOException {
        engine.beginHandshake();
        var status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = switch (status) {
                case NEED_WRAP -> wrap(NOTHING, out);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    out.flush();
                    yield unwrap(in).getHandshakeStatus();
                }
                default -> runTasks();
            };
        }
        out.flush();
    }

    InputStream input(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                while (length > 0 && !plain.hasRemaining()) {
                    if (!fill(in)) {
                        return -1;
                    }
                }
                var count = Math.min(length, plain.remaining());
                plain.get(target, offset, count);
                return count;
            }
        };
    }

    OutputStream output(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                var data = ByteBuffer.wrap(source, offset, length);
                while (data.hasRemaining()) {
                    wrap(data, out);
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    private boolean fill(InputStream in) throws IOException {
        try {
            return unwrap(in).getStatus() != SSLEngineResult.Status.CLOSED;
        } catch (EOFException e) {
            return false; // the client left without close_notify, as most do
        }
    }

    private HandshakeStatus wrap(ByteBuffer data, OutputStream out) throws IOException {
        var record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        var result = engine.wrap(data, record);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new EOFException("TLS was closed");
        }
        out.write(record.array(), 0, record.position());
        return result.getHandshakeStatus();
    }

    private SSLEngineResult unwrap(InputStream in) throws IOException {
        plain.clear();
        try {
            var result = engine.unwrap(received, plain);
            while (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                receive(in);
                result = engine.unwrap(received, plain);
            }
            return result;
        } finally {
            plain.flip();
        }
    }

    private void receive(InputStream in) throws IOException {
        received.compact();
        try {
            var count = in.read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                throw new EOFException("the client left");
            }
            received.position(received.position() + count);
        } finally {
            received.flip();
        }
    }

    private HandshakeStatus runTasks() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        return engine.getHandshakeStatus();
    }
}
