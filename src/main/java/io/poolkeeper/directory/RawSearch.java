// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Searches over a connection that the LDAP library made and bound, and takes entries as they are on the wire: decoding each
 * into objects costs more than all else of an export. All that is no entry the library decodes. Nobody else may use the
 * connection meanwhile. Not thread-safe.
 */
final class RawSearch {
    private static final int ENTRY = 0x64;
    private static final int REFERENCE = 0x73;
    /** Far from those that the library counts up from one. */
    private static final int FIRST_ID = 1 << 30;
    /** What the library allows a message; nothing in a directory comes near it. */
    private static final int LARGEST = 20 << 20;

    private final Socket socket;
    private final int timeoutMillis;
    private int id = FIRST_ID;

    /**
     * Uses a connection on which no answer is outstanding.
     *
     * @param timeout how long the server may be silent
     */
    RawSearch(Socket socket, Duration timeout) {
        this.socket = socket;
        this.timeoutMillis = (int) Math.max(1, timeout.toMillis());
    }

    /**
     * Asks, and reads the answer to its end.
     *
     * @param sink gets the entries on the calling thread
     * @throws LDAPException if the server refuses, does not answer in time, or sends what is not LDAP
     */
    SearchResult search(SearchRequest request, Consumer<EntryBatch> sink) throws LDAPException {
        id++;
        try {
            socket.setSoTimeout(timeoutMillis);
            var message = new LDAPMessage(id, request, List.of(request.getControls()));
            socket.getOutputStream().write(message.encode().encode());
            socket.getOutputStream().flush();
            return new Answer(socket.getInputStream(), sink).read();
        } catch (SocketTimeoutException e) {
            throw new LDAPException(ResultCode.TIMEOUT, "nothing came for %d s".formatted(timeoutMillis / 1000), e);
        } catch (IOException e) {
            throw new LDAPException(ResultCode.SERVER_DOWN, "the connection broke: " + e.getMessage(), e);
        }
    }

    /** What comes until the search is done. */
    private final class Answer {
        private final InputStream in;
        private final Consumer<EntryBatch> sink;
        private byte[] bytes = new byte[EntryBatch.SIZE];
        private EntryBatch batch = new EntryBatch(bytes);
        /** What lies before was looked at, what lies from {@code filled} on has not come yet. */
        private int at;

        private int filled;

        Answer(InputStream in, Consumer<EntryBatch> sink) {
            this.in = in;
            this.sink = sink;
        }

        SearchResult read() throws IOException, LDAPException {
            while (true) {
                var end = message();
                var ber = new Ber(bytes, at, end);
                ber.open(Ber.SEQUENCE);
                var about = ber.number();
                if (about == id && ber.tag() == ENTRY) {
                    var position = ber.at();
                    ber.open(ENTRY);
                    batch.add(position, end);
                } else if (about == 0 || (about == id && ber.tag() != REFERENCE)) {
                    var decoded = decoded(end);
                    if (decoded.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_RESULT_DONE) {
                        pass();
                        return done(decoded);
                    }
                    refuse(decoded);
                }
                at = end;
            }
        }

        /** Waits for a whole message, and says where it ends. */
        private int message() throws IOException, LDAPException {
            var size = Ber.size(bytes, at, filled);
            while (size == 0 || size > filled - at) {
                if (size > LARGEST) {
                    throw new LDAPException(ResultCode.DECODING_ERROR, "a message of %d bytes came".formatted(size));
                }
                more((int) size);
                size = Ber.size(bytes, at, filled);
            }
            return at + (int) size;
        }

        private void more(int wanted) throws IOException, LDAPException {
            if (filled == bytes.length || wanted > bytes.length - at) {
                pass();
                var rest = filled - at;
                var fresh = new byte[Math.max(EntryBatch.SIZE, wanted)];
                System.arraycopy(bytes, at, fresh, 0, rest);
                bytes = fresh;
                batch = new EntryBatch(bytes);
                at = 0;
                filled = rest;
            }
            var count = in.read(bytes, filled, bytes.length - filled);
            if (count < 0) {
                throw new LDAPException(ResultCode.SERVER_DOWN, "the answer ended in the middle");
            }
            filled += count;
        }

        private void pass() {
            if (batch.entries() > 0) {
                sink.accept(batch);
            }
        }

        private LDAPMessage decoded(int end) throws LDAPException {
            try {
                return LDAPMessage.decode(ASN1Sequence.decodeAsSequence(Arrays.copyOfRange(bytes, at, end)));
            } catch (ASN1Exception e) {
                throw new LDAPException(ResultCode.DECODING_ERROR, "what came is not LDAP", e);
            }
        }
    }

    private static SearchResult done(LDAPMessage message) throws LDAPException {
        var done = message.getSearchResultDoneProtocolOp();
        var result = new SearchResult(
                message.getMessageID(),
                ResultCode.valueOf(done.getResultCode()),
                done.getDiagnosticMessage(),
                done.getMatchedDN(),
                done.getReferralURLs().toArray(String[]::new),
                0,
                0,
                message.getControls().toArray(Control[]::new));
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(result);
        }
        return result;
    }

    /** A notice of disconnection (RFC 4511 section 4.4.1), or an answer to something else than a search. */
    private static void refuse(LDAPMessage message) throws LDAPException {
        if (message.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_EXTENDED_RESPONSE) {
            var said = message.getExtendedResponseProtocolOp();
            var code = ResultCode.valueOf(said.getResultCode());
            throw new LDAPException(
                    code.equals(ResultCode.SUCCESS) ? ResultCode.SERVER_DOWN : code, said.getDiagnosticMessage());
        }
    }
}
