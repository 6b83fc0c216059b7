// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The network between one process and the broker, to be cut and healed. It listens on the broker's port at a loopback address
 * of its own; the process finds it there because its Java is told so by {@link #hosts}. All other processes know the broker
 * by the same name.
 */
final class Link implements AutoCloseable {
    private final int port;
    private final InetAddress address;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "link");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    private Link(InetAddress address, int port) throws IOException {
        this.address = address;
        this.port = port;
        this.server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(address, port));
        threads.execute(this::accept);
    }

    /** Listens at 127.0.0.{@code number} for a broker at 127.0.0.1. */
    static Link at(int number, int port) throws IOException {
        return new Link(InetAddress.getByName("127.0.0." + number), port);
    }

    /** Options for a Java that is to find {@code localhost} at this end of the link. */
    String hosts(Path folder) throws IOException {
        var file = folder.resolve("hosts-" + address.getHostAddress());
        var me = InetAddress.getLocalHost().getHostName();
        Files.writeString(file, address.getHostAddress() + " localhost\n127.0.0.1 " + me + "\n");
        return "-Djdk.net.hosts.file=" + file;
    }

    /** Nothing passes any more, and nobody is told: as when a cable is pulled. */
    void cut() {
        isCut = true;
    }

    /** Connections can be made again. Those from before are gone, as a router that was started again has forgotten them. */
    void heal() {
        open.forEach(Link::drop);
        isCut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                open.removeIf(Socket::isClosed);
                open.add(client);
                if (!isCut) {
                    connect(client);
                }
            } catch (IOException e) {
                return; // the end
            }
        }
    }

    private void connect(Socket client) {
        try {
            var broker = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(broker);
            threads.execute(() -> copy(client, broker));
            threads.execute(() -> copy(broker, client));
        } catch (IOException e) {
            drop(client); // the broker is not there
        }
    }

    private void copy(Socket from, Socket to) {
        var buffer = new byte[16 * 1024];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (isCut) {
                    return; // what was under way is lost, and both ends go on waiting
                }
                out.write(buffer, 0, length);
            }
            drop(from);
            drop(to);
        } catch (IOException e) {
            drop(from);
            drop(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Link::drop);
        threads.shutdownNow();
    }
}
