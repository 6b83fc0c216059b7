// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.session.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypesTest {
    private static Stream<Arguments> values() {
        var time = LocalDateTime.of(2026, 11, 23, 2, 14, 5, 123_456_700);
        return Stream.of(
                Arguments.of(SqlType.BIT, true),
                Arguments.of(SqlType.TINYINT, (short) 200),
                Arguments.of(SqlType.SMALLINT, (short) -2),
                Arguments.of(SqlType.INT, -2),
                Arguments.of(SqlType.BIGINT, 34000000048800037L),
                Arguments.of(SqlType.REAL, 1.5f),
                Arguments.of(SqlType.FLOAT, -1.5d),
                Arguments.of(SqlType.numeric(25, 0), new BigDecimal("34000000048800037")),
                Arguments.of(SqlType.numeric(38, 4), new BigDecimal("-12345678901234567890123456789012.3456")),
                Arguments.of(SqlType.nvarchar(128), "Zoë \uD83D\uDE00"),
                Arguments.of(SqlType.nvarchar(5000), "x".repeat(9000)),
                Arguments.of(SqlType.varchar(10), "Zoë"),
                Arguments.of(SqlType.character(1), "D"),
                Arguments.of(SqlType.UNIQUEIDENTIFIER, UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                Arguments.of(SqlType.DATE, LocalDate.of(2026, 11, 23)),
                Arguments.of(SqlType.TIME, LocalTime.of(23, 59, 59, 999_999_900)),
                Arguments.of(SqlType.DATETIME, LocalDateTime.of(1753, 1, 1, 0, 0, 0, 997_000_000)),
                Arguments.of(SqlType.DATETIME2, time),
                Arguments.of(SqlType.DATETIMEOFFSET, OffsetDateTime.parse("2026-11-23T02:14:05.1234567-03:30")));
    }

    private static Object roundTrip(SqlType type, Object value) {
        var out = new Bytes();
        TypeWriter.write(out, type);
        ValueWriter.write(out, type, value);
        var in = new ByteReader(Arrays.copyOf(out.array(), out.length()));
        var read = ValueReader.read(in, WireType.read(in));
        assertThat(in.hasMore()).isFalse();
        return read;
    }

    @ParameterizedTest
    @MethodSource("values")
    void comeBackAsTheyWere(SqlType type, Object value) {
        assertThat(roundTrip(type, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void comeBackAsNull(SqlType type, Object value) {
        assertThat(value).isNotNull();
        assertThat(roundTrip(type, null)).isNull();
    }

    @Test
    void keepBytesAsTheyAre() {
        assertThat((byte[]) roundTrip(SqlType.varbinary(10), new byte[] {1, -1}))
                .containsExactly(1, -1);
        assertThat((byte[]) roundTrip(SqlType.varbinary(9000), new byte[9000])).hasSize(9000);
    }

    /** MS-TDS 2.2.5.5.1.8: three-hundredths of a second; 23:59:59.999 is the next day. */
    @Test
    void roundADatetimeToThreeHundredths() {
        assertThat(roundTrip(SqlType.DATETIME, LocalDateTime.of(2026, 12, 31, 23, 59, 59, 999_000_000)))
                .isEqualTo(LocalDateTime.of(2027, 1, 1, 0, 0));
        assertThat(roundTrip(SqlType.DATETIME, LocalDateTime.of(2026, 1, 1, 0, 0, 0, 5_000_000)))
                .isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0, 0, 7_000_000));
    }

    /** MS-TDS 2.2.5.5.2: a client need not know the length when it begins; this is how pytds sends every text. */
    @Test
    void readChunksOfUnknownTotal() {
        var out = new Bytes();
        TypeWriter.write(out, SqlType.nvarchar(5000));
        out.i64(-2).i32(4).utf16("ab").i32(2).utf16("c").i32(0);
        var in = new ByteReader(Arrays.copyOf(out.array(), out.length()));

        assertThat(ValueReader.read(in, WireType.read(in))).isEqualTo("abc");
    }

    /** MS-TDS 2.2.5.5.4, as SERVERPROPERTY sends it. */
    @Test
    void writeAVariantWithItsBaseType() {
        var out = new Bytes();
        ValueWriter.write(out, SqlType.VARIANT, 4);

        assertThat(HexFormat.of().formatHex(out.array(), 0, out.length()))
                .isEqualTo("06000000" + "38" + "00" + "04000000");
    }
}
