// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;

class QuotedTest {
    @Example
    void doublesWhatWouldEndIt() {
        assertThat(Quoted.name("a]; DROP DATABASE rtc; --")).isEqualTo("[a]]; DROP DATABASE rtc; --]");
        assertThat(Quoted.text("C:\\x'; SHUTDOWN; --")).isEqualTo("N'C:\\x''; SHUTDOWN; --'");
    }

    /** What a server reads between the quotes is the name again, and nothing is left behind them. */
    @Property
    void noNameEndsItsOwnQuotes(@ForAll @Chars({']', '[', '\'', '"', 'a', ';', '\n'}) String name) {
        assertThat(inside(Quoted.name(name), "[", ']')).isEqualTo(name);
        assertThat(inside(Quoted.text(name), "N'", '\'')).isEqualTo(name);
    }

    private static String inside(String quoted, String open, char close) {
        assertThat(quoted).startsWith(open);
        var name = new StringBuilder();
        var at = open.length();
        while (quoted.charAt(at) != close || (at + 1 < quoted.length() && quoted.charAt(at + 1) == close)) {
            if (quoted.charAt(at) == close) {
                at++;
            }
            name.append(quoted.charAt(at++));
        }
        assertThat(at).as("the first end is the last character").isEqualTo(quoted.length() - 1);
        return name.toString();
    }
}
