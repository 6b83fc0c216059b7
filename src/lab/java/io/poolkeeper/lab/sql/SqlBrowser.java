// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients that know an instance by its name which port it listens on: the SQL Server Browser's part of MS-SQLR, over UDP.
 * Clients ask port 1434 of the address that they were given and then connect to that same address, so browser and instances
 * belong on one address. It answers on loopback addresses only. Safe for use by many threads.
 */
public final class SqlBrowser implements AutoCloseable {
    /** The port that clients ask. */
    public static final int PORT = 1434;

    private static final Logger LOG = LoggerFactory.getLogger(SqlBrowser.class);
    private static final Charset CODE_PAGE = Charset.forName("windows-1252");

    private static final int ASK_ALL_OF_A_NETWORK = 2;
    private static final int ASK_ALL = 3;
    private static final int ASK_ONE = 4;
    private static final int ANSWER = 5;
    private static final int ANSWER_HEADER = 3;

    private final DatagramSocket socket;
    private final List<SqlServerStandIn> instances = new CopyOnWriteArrayList<>();
    private final Thread thread;

    private SqlBrowser(DatagramSocket socket) {
        this.socket = socket;
        thread = new Thread(this::answer, "sql-browser-" + socket.getLocalPort());
        thread.setDaemon(true);
    }

    /**
     * Begins to answer.
     *
     * @param address a loopback address and {@link #PORT}; or another port for clients that can be told, 0 for any free one
     * @throws SocketException if the port is taken or the address is not this machine's
     */
    public static SqlBrowser start(InetSocketAddress address) throws SocketException {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("not a loopback address: " + address);
        }
        var browser = new SqlBrowser(new DatagramSocket(address));
        browser.thread.start();
        return browser;
    }

    /** The port that it answers on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Answers for this instance from now on. */
    public void announce(SqlServerStandIn instance) {
        instances.add(instance);
    }

    /** Answers no longer. */
    @Override
    public void close() {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer() {
        var packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                packet.setLength(512);
                socket.receive(packet);
                var answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                LOG.trace("no longer answering: {}", e.getMessage());
            }
        }
    }

    /** Nothing is said to a question that makes no sense, nor about an instance that is not there. */
    private byte[] answer(byte[] question) {
        if (question.length == 0) {
            return new byte[0];
        }
        var text = switch (question[0]) {
            case ASK_ALL_OF_A_NETWORK, ASK_ALL -> describe("");
            case ASK_ONE -> describe(name(question));
            default -> "";
        };
        return text.isEmpty() ? new byte[0] : message(text.getBytes(CODE_PAGE));
    }

    /** The name ends with a zero, which some clients forget. */
    private static String name(byte[] question) {
        var text = new String(question, 1, question.length - 1, CODE_PAGE);
        var end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** What is known of the instance of that name, or of all of them where the name is empty. */
    private String describe(String name) {
        return instances.stream()
                .filter(i -> name.isEmpty() || instanceName(i).equalsIgnoreCase(name))
                .map(SqlBrowser::describe)
                .collect(Collectors.joining());
    }

    private static String instanceName(SqlServerStandIn server) {
        var name = server.profile().instance();
        return name == null ? "MSSQLSERVER" : name;
    }

    private static String describe(SqlServerStandIn server) {
        return String.format(
                Locale.ROOT,
                "ServerName;%s;InstanceName;%s;IsClustered;No;Version;%s;tcp;%d;;",
                server.profile().machine(),
                instanceName(server),
                server.profile().version().text(),
                server.port());
    }

    private static byte[] message(byte[] text) {
        var message = new byte[ANSWER_HEADER + text.length];
        message[0] = ANSWER;
        message[1] = (byte) text.length;
        message[2] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, message, ANSWER_HEADER, text.length);
        return message;
    }
}
