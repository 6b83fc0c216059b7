// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a part differs from what the set before held of it. It stands in what the capture recorded, so that the report and
 * whoever looks at the set later read the same.
 *
 * @param since the set that it was compared with
 * @param count how many values, or whole elements, differ
 * @param lines the first of them, a line each; never a secret
 * @param unknown why it could not be compared; null if it was
 */
public record Changes(
        String since,
        int count,
        List<String> lines,
        @Nullable String unknown) {
    private static final String KEY = "changes";

    /** At most so many lines are kept. */
    public static final int MOST = 50;

    /** Keeps the first lines. */
    public static Changes of(String since, List<String> lines) {
        return new Changes(since, lines.size(), lines.stream().limit(MOST).toList(), null);
    }

    /** It could not be compared. */
    public static Changes unknown(String since, String why) {
        return new Changes(since, 0, List.of(), why);
    }

    /** How many differences there are beyond the lines. */
    public int more() {
        return count - lines.size();
    }

    /** Whether there is anything to tell. */
    public boolean worthTelling() {
        return count > 0 || unknown != null;
    }

    /** Puts them among what a capture recorded. */
    public void addTo(ObjectNode recorded) {
        recorded.set(KEY, Json.node(this));
    }

    /** Those among what a capture recorded; none if it compared nothing. */
    public static Optional<Changes> in(@Nullable JsonNode recorded) {
        if (recorded == null || !recorded.path(KEY).isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.as(recorded.path(KEY), Changes.class));
        } catch (MalformedDocument e) {
            return Optional.empty(); // of a newer release
        }
    }
}
