// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.LoginRefused;
import io.poolkeeper.lab.sql.session.Server;
import io.poolkeeper.lab.sql.session.Session;
import io.poolkeeper.lab.sql.session.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.BufferUnderflowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection, from its first byte to its last: prelogin, TLS, login, then requests. */
final class TdsConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TdsConnection.class);

    private final Socket socket;
    private final Server server;
    private final Tls tls;
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;

    TdsConnection(Socket socket, Server server, Tls tls) {
        this.socket = socket;
        this.server = server;
        this.tls = tls;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            out = socket.getOutputStream();
            converse();
        } catch (IOException | UncheckedIOException e) {
            LOG.trace("connection {} ended: {}", socket.getRemoteSocketAddress(), e.getMessage());
        } catch (BufferUnderflowException e) {
            LOG.debug("connection {} sent a login that ends too soon", socket.getRemoteSocketAddress());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts the connection; its thread ends. */
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("connection {} could not be closed: {}", socket.getRemoteSocketAddress(), e.getMessage());
        }
    }

    private void converse() throws IOException, InterruptedException {
        var first = new PacketReader(in).read();
        if (first != null && first.type() == PacketType.PRELOGIN) {
            first = negotiate(first.body());
        }
        if (first == null || first.type() != PacketType.LOGIN) {
            return;
        }
        login(Login.parse(first.body()));
    }

    /** Answers the prelogin, encrypts as agreed, and returns the login; null if there will be none. */
    private TdsMessage negotiate(byte[] preLogin) throws IOException {
        var encryption = Encryption.choose(PreLogin.encryptionAsked(preLogin), tls.policy());
        var writer = new PacketWriter(out, 0);
        writer.write(PreLogin.answer(server.version(), encryption.answer()));
        writer.end();
        if (encryption.scope() == Encryption.Scope.NOTHING) {
            return new PacketReader(in).read();
        }
        if (tls.policy() == TlsPolicy.TLS_1_0_ONLY) {
            OldTls.answer(HandshakePackets.input(in), HandshakePackets.output(out));
            socket.shutdownOutput();
            in.readAllBytes(); // closed earlier, what was sent could be lost
            return null;
        }
        var layer = new TlsLayer(tls.engine());
        layer.handshake(HandshakePackets.input(in), HandshakePackets.output(out));
        var login = new PacketReader(layer.input(in)).read();
        if (encryption.scope() == Encryption.Scope.EVERYTHING) {
            in = layer.input(in);
            out = layer.output(out);
            encrypted = true;
        }
        return login;
    }

    private void login(Login login) throws IOException, InterruptedException {
        var version = TdsVersion.negotiate(login.tdsVersion(), server.version());
        var size = LoginResponse.packetSize(login.packetSize(), encrypted);
        Session session;
        try {
            session = server.login(login.request(), transport(version, size), this::cut);
        } catch (LoginRefused e) {
            LoginResponse.refuse(new Tokens(new PacketWriter(out, 0), version, server.name()), e);
            return;
        }
        try {
            var packets = new PacketWriter(out, session.id());
            var tokens = new Tokens(packets, version, server.name());
            LoginResponse.accept(tokens, login, version, server.version(), session.database(), size);
            packets.packetSize(size);
            serve(session, new Conversation(session, tokens, version));
        } finally {
            session.close();
        }
    }

    private Transport transport(TdsVersion version, int packetSize) {
        var client = (InetSocketAddress) socket.getRemoteSocketAddress();
        return new Transport(
                version.wire(),
                encrypted,
                packetSize,
                client.getAddress().getHostAddress(),
                client.getPort(),
                socket.getLocalPort());
    }

    /** Reads in this thread and works in another until the client leaves. */
    private void serve(Session session, Conversation conversation) throws IOException, InterruptedException {
        var requests =
                new Requests(conversation::handle, session::arm, session::cancel, conversation::acknowledgeAttention);
        var worker = new Thread(() -> work(requests), Thread.currentThread().getName() + "-worker");
        worker.setDaemon(true);
        worker.start();
        try {
            read(requests);
        } finally {
            requests.close();
            session.cancel();
            worker.join();
        }
    }

    private void read(Requests requests) throws IOException {
        var reader = new PacketReader(in);
        for (var message = reader.read(); message != null; message = reader.read()) {
            if (message.type() == PacketType.ATTENTION) {
                requests.attention();
            } else {
                requests.submit(message);
            }
        }
    }

    private void work(Requests requests) {
        try {
            requests.work();
        } catch (UncheckedIOException e) {
            LOG.trace("connection {} cannot be written to: {}", socket.getRemoteSocketAddress(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a request could not be answered, so the connection is cut", e);
        } finally {
            cut();
        }
    }
}
