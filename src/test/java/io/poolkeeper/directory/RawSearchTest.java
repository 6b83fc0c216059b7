// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The other end of the connection says what each test wants, before it was asked. */
class RawSearchTest {
    private static final int ID = (1 << 30) + 1;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> read = new ArrayList<>();
    private ServerSocket listening;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new Socket(listening.getInetAddress(), listening.getLocalPort());
        server = listening.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listening.close();
    }

    @Test
    void takesEntriesOfAnySizeInOrderAndLeavesOutReferences() throws Exception {
        var expected = new ArrayList<String>();
        for (var i = 0; i < 300; i++) {
            var dn = "CN=" + i;
            expected.add(dn);
            say(
                    ID,
                    new SearchResultEntryProtocolOp(
                            dn, List.of(new Attribute("description", "x".repeat(i % 7 == 0 ? 100 * i : i)))));
            say(ID, new SearchResultReferenceProtocolOp(List.of("ldap://elsewhere")));
        }
        expected.add("CN=large");
        say(
                ID,
                new SearchResultEntryProtocolOp(
                        "CN=large", List.of(new Attribute("jpegPhoto", "x".repeat(5 * EntryBatch.SIZE)))));
        say(ID, new SearchResultDoneProtocolOp(0, null, null, null));

        var speaking = new Thread(this::speakInPieces);
        speaking.start();
        assertThat(search().getResultCode()).isEqualTo(ResultCode.SUCCESS);
        speaking.join();

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void endsWithWhatTheServerRefuses() throws Exception {
        say(ID, new SearchResultEntryProtocolOp("CN=a", List.of()));
        say(ID, new SearchResultDoneProtocolOp(ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE, null, "enough", null));
        speak();

        assertFails(ResultCode.SIZE_LIMIT_EXCEEDED, "enough");
    }

    @Test
    void endsWithANoticeOfDisconnection() throws Exception {
        say(
                0,
                new ExtendedResponseProtocolOp(
                        ResultCode.UNAVAILABLE_INT_VALUE, null, "going down", null, "1.3.6.1.4.1.1466.20036", null));
        speak();

        assertFails(ResultCode.UNAVAILABLE, "going down");
    }

    @Test
    void endsWhenTheConnectionEndsInTheMiddle() throws Exception {
        say(ID, new SearchResultEntryProtocolOp("CN=a", List.of()));
        said.write(new byte[] {0x30, 0x20, 0x02});
        speak();
        server.shutdownOutput();

        assertFails(ResultCode.SERVER_DOWN, "the answer ended in the middle");
    }

    @Test
    void endsWhenTheServerFallsSilent() throws Exception {
        say(ID, new SearchResultEntryProtocolOp("CN=a", List.of()));
        speak();

        assertFails(ResultCode.TIMEOUT, "nothing came for");
    }

    @Test
    void refusesWhatIsNotLdap() throws Exception {
        said.writeBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        said.write(new byte[200]);
        speak();

        assertFails(ResultCode.DECODING_ERROR, "not LDAP");
    }

    @Test
    void refusesAMessageTooLargeForAnyDirectory() throws Exception {
        said.write(new byte[] {0x30, (byte) 0x84, 0x7F, 0x7F, 0x7F, 0x7F});
        speak();

        assertFails(ResultCode.DECODING_ERROR, "a message of 2139062149 bytes came");
    }

    private void assertFails(ResultCode code, String message) {
        assertThatThrownBy(this::search).isInstanceOfSatisfying(LDAPException.class, e -> {
            assertThat(e.getResultCode()).isEqualTo(code);
            assertThat(e).hasMessageContaining(message);
        });
    }

    private SearchResult search() throws LDAPException {
        var flat = new FlatEntry();
        return new RawSearch(client, Duration.ofMillis(500))
                .search(new SearchRequest("DC=lab", SearchScope.SUB, "(cn=*)"), batch -> {
                    for (var number = 0; number < batch.entries(); number++) {
                        try {
                            batch.read(number, flat);
                        } catch (LDAPException e) {
                            throw new AssertionError(e);
                        }
                        read.add(flat.dn());
                    }
                });
    }

    private void say(int id, ProtocolOp what) {
        said.writeBytes(new LDAPMessage(id, what).encode().encode());
    }

    private void speak() throws IOException {
        server.getOutputStream().write(said.toByteArray());
    }

    /** For what does not fit into the socket's buffers. */
    private void speakInPieces() {
        try {
            var bytes = said.toByteArray();
            for (var at = 0; at < bytes.length; at += 777) {
                server.getOutputStream().write(bytes, at, Math.min(777, bytes.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
