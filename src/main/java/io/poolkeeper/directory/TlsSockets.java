// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection's socket to one host, encrypted and checked before LDAP gets hold of them: the certificate must be trusted and
 * name the host (RFC 4513 section 3.1.3; the JDK's identification algorithm {@code LDAPS}).
 *
 * <p>The LDAP library does the handshake, and must be the only one: a second one would renegotiate, which domain controllers
 * refuse or leave unanswered. It sets no limit to it, but for a server that accepts the connection and then says nothing there
 * must be one; so the socket brings it. Later the library sets limits of its own.
 */
final class TlsSockets extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final String host;
    private final int timeoutMillis;
    private volatile @Nullable Socket carrier;
    private volatile @Nullable SSLSocket secured;

    /**
     * Sockets to one host.
     *
     * @param host the name that the certificate must hold
     * @param timeout for connecting, and for each answer of the handshake
     */
    TlsSockets(SSLContext context, String host, Duration timeout) {
        this.factory = context.getSocketFactory();
        this.host = host;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address, port), timeoutMillis);
            return encrypted(plain);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(Socket connected, String ignoredHost, int port, boolean autoClose) throws IOException {
        return encrypted(connected);
    }

    /**
     * The socket of the connection.
     *
     * @throws IllegalStateException if there is none yet
     */
    Socket secured() {
        var socket = secured;
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** Ends the connection at once. Closing it politely would wait for an answer that another thread is reading. */
    void cut() {
        var socket = carrier;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is of no use any more, closed or not
            }
        }
    }

    private SSLSocket encrypted(Socket plain) throws IOException {
        carrier = plain;
        var socket = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(timeoutMillis);
        secured = socket;
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(address, port);
    }

    @Override
    public Socket createSocket(String name, int port) throws IOException {
        return createSocket(InetAddress.getByName(name), port);
    }

    @Override
    public Socket createSocket(String name, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(name, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }
}
