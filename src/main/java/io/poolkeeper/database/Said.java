// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server said while a statement ran.
 *
 * @param numbers of all its messages; texts are translated, numbers are not
 * @param error the chain of its errors; null if there was none
 */
record Said(Set<Integer> numbers, @Nullable SQLException error) {
    /** Whether a message of that number came. */
    boolean heard(int number) {
        return numbers.contains(number);
    }

    void orThrow() throws SQLException {
        if (error != null) {
            throw error;
        }
    }
}
