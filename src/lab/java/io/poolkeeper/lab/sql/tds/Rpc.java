// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One remote procedure call of a message (MS-TDS 2.2.6.6).
 *
 * @param procedure its name in lower case where it is one of the numbered ones, else as the client wrote it
 * @param parameters in the client's order
 */
record Rpc(String procedure, List<Parameter> parameters) {
    private static final int NUMBERED = 0xFFFF;

    private static final Map<Integer, String> NUMBERS = Map.ofEntries(
            Map.entry(1, "sp_cursor"),
            Map.entry(2, "sp_cursoropen"),
            Map.entry(3, "sp_cursorprepare"),
            Map.entry(4, "sp_cursorexecute"),
            Map.entry(5, "sp_cursorprepexec"),
            Map.entry(6, "sp_cursorunprepare"),
            Map.entry(7, "sp_cursorfetch"),
            Map.entry(8, "sp_cursoroption"),
            Map.entry(9, "sp_cursorclose"),
            Map.entry(10, "sp_executesql"),
            Map.entry(11, "sp_prepare"),
            Map.entry(12, "sp_execute"),
            Map.entry(13, "sp_prepexec"),
            Map.entry(14, "sp_prepexecrpc"),
            Map.entry(15, "sp_unprepare"));

    /** All calls of one message: clients send several at once when they batch. */
    static List<Rpc> parse(byte[] body, TdsVersion version) {
        var in = new ByteReader(body);
        Headers.skip(in, version);
        var calls = new ArrayList<Rpc>();
        while (in.hasMore()) {
            var procedure = name(in);
            in.u16();
            var parameters = new ArrayList<Parameter>();
            while (in.hasMore() && !separates(in.peek(), version)) {
                parameters.add(ParameterReader.read(in));
            }
            if (in.hasMore()) {
                in.u8();
            }
            calls.add(new Rpc(procedure, parameters));
        }
        return calls;
    }

    private static String name(ByteReader in) {
        var length = in.u16();
        if (length != NUMBERED) {
            var name = in.utf16(length);
            return NUMBERS.containsValue(name.toLowerCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name;
        }
        var number = in.u16();
        return NUMBERS.getOrDefault(number, "number " + number);
    }

    /** The byte that stands between two calls, where a parameter's name length would be. */
    private static boolean separates(int next, TdsVersion version) {
        return next == (version == TdsVersion.V7_1 ? 0x80 : 0xFF);
    }
}
