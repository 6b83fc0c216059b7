// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/** Values for columns, made from one generator in the order in which they are asked for. */
final class Values {
    private static final LocalDateTime BEGIN = LocalDateTime.of(2010, 3, 1, 8, 0);
    private static final List<String> PHRASES = List.of(
            "Can you join the call?",
            "Die Präsentation liegt auf der Freigabe.",
            "Встреча перенесена на пятницу.",
            "資料を確認してください。",
            "Το έγγραφο είναι έτοιμο.",
            "It's 5 o'clock; see <http://ocs.lab/a?b=1&c=2>",
            "\u202Bمرحبا\u202C",
            "👍 ok");

    private final SplittableRandom random;

    Values(SplittableRandom random) {
        this.random = random;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    String phrase() {
        return PHRASES.get(random.nextInt(PHRASES.size()));
    }

    /** Some sentences, for columns of type nvarchar(max). */
    String prose() {
        var text = new StringBuilder();
        for (var i = random.nextInt(12); i >= 0; i--) {
            text.append(phrase()).append(' ');
        }
        return text.toString();
    }

    byte[] bytes(int atMost) {
        var bytes = new byte[1 + random.nextInt(atMost)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A time that a datetime column holds exactly: it keeps three-hundredths of a second, so a multiple of 10 ms. */
    LocalDateTime time(int minute) {
        return BEGIN.plusMinutes(minute).plusNanos(10_000_000L * random.nextInt(6_000));
    }

    BigDecimal decimal() {
        return BigDecimal.valueOf(random.nextInt(10_000_000), 4);
    }
}
