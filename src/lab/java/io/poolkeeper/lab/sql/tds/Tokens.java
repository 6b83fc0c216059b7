// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.Parameter;
import java.util.List;

/** Writes the tokens of a response (MS-TDS 2.2.7). Used by one thread at a time. */
final class Tokens {
    static final int DONE = 0xFD;
    static final int DONE_PROCEDURE = 0xFE;
    static final int DONE_IN_PROCEDURE = 0xFF;

    static final int MORE = 0x01;
    static final int ERROR_BIT = 0x02;
    static final int COUNT = 0x10;
    static final int ATTENTION = 0x20;

    private static final int COLUMNS = 0x81;
    private static final int ROW = 0xD1;
    private static final int ERROR = 0xAA;
    private static final int INFO = 0xAB;
    private static final int LOGIN_ACK = 0xAD;
    private static final int FEATURES = 0xAE;
    private static final int ENVIRONMENT = 0xE3;
    private static final int RETURN_STATUS = 0x79;
    private static final int RETURN_VALUE = 0xAC;

    /** Nullable, and who knows whether it can be changed. */
    private static final int COLUMN_FLAGS = 0x0009;

    private final PacketWriter packets;
    private final TdsVersion version;
    private final String server;
    private final Bytes token = new Bytes();

    Tokens(PacketWriter packets, TdsVersion version, String server) {
        this.packets = packets;
        this.version = version;
        this.server = server;
    }

    void columns(List<Column> columns) {
        token.u8(COLUMNS).u16(columns.size());
        for (var column : columns) {
            token.integer(0, version.userTypeBytes()).u16(COLUMN_FLAGS);
            TypeWriter.write(token, column.type());
            token.shortText(column.name());
        }
        send();
    }

    void row(List<Column> columns, List<?> values) {
        token.u8(ROW);
        for (var i = 0; i < columns.size(); i++) {
            ValueWriter.write(token, columns.get(i).type(), values.get(i));
        }
        send();
    }

    void message(Message message) {
        var body = new Bytes()
                .i32(message.number())
                .u8(message.state())
                .u8(message.wireClass())
                .longText(message.text())
                .shortText(server)
                .shortText("")
                .integer(message.line(), version.lineBytes());
        token.u8(message.isError() ? ERROR : INFO).u16(body.length()).raw(body);
        send();
    }

    /** How something ended: the token is one of the three DONEs, the flags are the constants of this class. */
    void done(int doneToken, int flags, Completion.Command command, long rows) {
        token.u8(doneToken).u16(flags).u16(commandCode(command)).integer(rows, version.countBytes());
        send();
    }

    void environment(int type, Bytes newValue, Bytes oldValue) {
        token.u8(ENVIRONMENT)
                .u16(1 + newValue.length() + oldValue.length())
                .u8(type)
                .raw(newValue)
                .raw(oldValue);
        send();
    }

    void loginAck(String program, int major, int minor, int build) {
        var body = new Bytes()
                .u8(1)
                .i32BigEndian(version.wire())
                .shortText(program)
                .u8(major)
                .u8(minor)
                .u16BigEndian(build);
        token.u8(LOGIN_ACK).u16(body.length()).raw(body);
        send();
    }

    /** Acknowledges UTF8_SUPPORT and no other feature. */
    void utf8Supported() {
        token.u8(FEATURES).u8(0x0A).i32(1).u8(1).u8(0xFF);
        send();
    }

    void returnStatus(int status) {
        token.u8(RETURN_STATUS).i32(status);
        send();
    }

    /** An output parameter; the ordinal is its place in the call, from 0. */
    void returnValue(int ordinal, Parameter parameter) {
        token.u8(RETURN_VALUE).u16(ordinal).shortText(parameter.name()).u8(1);
        token.integer(0, version.userTypeBytes()).u16(0);
        TypeWriter.write(token, parameter.type());
        ValueWriter.write(token, parameter.type(), parameter.value());
        send();
    }

    void flush() {
        packets.flush();
    }

    void end() {
        packets.end();
    }

    /** Clients look at these to tell update counts from other ends. */
    private static int commandCode(Completion.Command command) {
        return switch (command) {
            case SELECT -> 0xC1;
            case INSERT -> 0xC3;
            case DELETE -> 0xC4;
            case UPDATE -> 0xC5;
            case MERGE -> 0x117;
            case OTHER -> 0;
        };
    }

    private void send() {
        packets.write(token);
        token.clear();
    }
}
