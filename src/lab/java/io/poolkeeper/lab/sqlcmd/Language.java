// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

/** The words of a message's header, of which only the numbers are the same in all languages. */
enum Language {
    ENGLISH("Msg %d, Level %d, State %d, Server %s, Line %d"),
    GERMAN("Meldung %d, Ebene %d, Status %d, Server %s, Zeile %d"),
    FRENCH("Msg %d, Niveau %d, \u00C9tat %d, Serveur %s, Ligne %d"),
    RUSSIAN("\u0421\u043E\u043E\u0431\u0449\u0435\u043D\u0438\u0435 %d, \u0443\u0440\u043E\u0432\u0435\u043D\u044C %d,"
            + " \u0441\u043E\u0441\u0442\u043E\u044F\u043D\u0438\u0435 %d, \u0441\u0435\u0440\u0432\u0435\u0440 %s,"
            + " \u0441\u0442\u0440\u043E\u043A\u0430 %d"),
    JAPANESE("\u30E1\u30C3\u30BB\u30FC\u30B8 %d\u3001\u30EC\u30D9\u30EB %d\u3001\u72B6\u614B %d\u3001"
            + "\u30B5\u30FC\u30D0\u30FC %s\u3001\u884C %d");

    private final String header;

    Language(String header) {
        this.header = header;
    }

    String header(int number, int level, int state, String server, long line) {
        return header.formatted(number, level, state, server, line);
    }
}
