// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LexerTest {
    private static List<String> words(String text) {
        return Lexer.tokens(text).stream()
                .map(token -> token.kind() + ":" + token.text())
                .toList();
    }

    @Test
    void undoublesQuotesAndBrackets() {
        assertThat(words("[a]]b] \"c\"\"d\" N'it''s' 'x'"))
                .containsExactly("QUOTED:a]b", "QUOTED:c\"d", "STRING:it's", "STRING:x", "END:");
    }

    @Test
    void tellsVariablesFromGlobals() {
        assertThat(words("@P0 @@TRANCOUNT")).containsExactly("VARIABLE:@P0", "GLOBAL:@@TRANCOUNT", "END:");
    }

    @Test
    void readsNumbersAndBinaries() {
        assertThat(words("1 1.5e-3 .5 0xFF"))
                .containsExactly("NUMBER:1", "NUMBER:1.5e-3", "NUMBER:.5", "BINARY:0xFF", "END:");
    }

    @Test
    void skipsCommentsThatNest() {
        assertThat(words("a -- b\n/* c /* d */ e */ f")).containsExactly("WORD:a", "WORD:f", "END:");
    }

    @Test
    void countsLines() {
        assertThat(Lexer.tokens("a\n'b\nc'\nd").get(2).line()).isEqualTo(4);
    }

    @Test
    void refusesAnUnclosedQuote() {
        assertThatThrownBy(() -> Lexer.tokens("SELECT 'abc"))
                .isInstanceOfSatisfying(
                        SyntaxError.class, e -> assertThat(e.number()).isEqualTo(105));
    }
}
