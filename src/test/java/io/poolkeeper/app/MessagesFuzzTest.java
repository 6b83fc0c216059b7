// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.Mutated;
import io.poolkeeper.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What comes over the broker is understood or refused; there is nothing in between. */
class MessagesFuzzTest {
    private static final Messages MESSAGES = new Messages();

    private static final Map<String, String> VALID = Map.of(
            "trigger", """
            {"plan":"nightly","key":"2026-11-27","parts":["share:a","rtc"],"requestedBy":"control-m"}""",
            "step", """
            {"run":"r-1","step":"capture-01","attempt":1,"part":"share:a","action":"capture","method":"archive",\
            "effect":"captures","worker":"files","set":"s-1","base":null,"level":"full","depth":"content","keep":false,\
            "place":"beside","path":null,"notAfter":"2026-11-27T00:00:00Z","siteHash":"%s"}""".formatted("0".repeat(64)),
            "claim", """
            {"run":"r-1","step":"capture-01","attempt":1,"worker":"files","leaseUntil":"2026-11-27T00:00:00Z"}""",
            "result", """
            {"run":"r-1","step":"capture-01","attempt":1,"worker":"files","part":"share:a","outcome":"OK","cause":null,\
            "hint":null,"again":false,"output":{"type":"captured","artefacts":[{"path":"shares/a/full-0001.zip",\
            "size":10,"sha256":"%s"}],"recorded":{},"tools":{},"level":"full","base":null,"warnings":[]},\
            "started":"2026-11-27T00:00:00Z","finished":"2026-11-27T00:00:09Z"}""".formatted("0".repeat(64)),
            "stage", "{\"run\":\"r-1\",\"stage\":1}",
            "progress", """
            {"run":"r-1","step":"capture-01","attempt":1,"worker":"files","part":"share:a","done":1,"total":2,\
            "unit":"percent","leaseUntil":"2026-11-27T00:00:00Z"}""",
            "presence", """
            {"worker":"files","process":"h/1","account":"svc","release":"1","siteHash":"%s","can":["vault"],\
            "at":"2026-11-27T00:00:00Z"}""".formatted("0".repeat(64)),
            "control", "{\"run\":\"r-1\",\"order\":\"cancel\"}");

    private static Object read(String kind, Object body) {
        return switch (kind) {
            case "trigger" -> MESSAGES.trigger(body);
            case "step" -> MESSAGES.step(body);
            case "claim", "result" -> MESSAGES.claimOrResult(body);
            case "stage" -> MESSAGES.stage(body);
            case "progress", "presence" -> MESSAGES.sign(body);
            case "control" -> MESSAGES.control(body);
            default -> throw new AssertionError(kind);
        };
    }

    private static void isUnderstoodOrRefused(String kind, Object body) {
        Object message;
        try {
            message = read(kind, body);
        } catch (MessageRefused refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
            assertThat(refused.getMessage().length()).isLessThan(20_000);
            return;
        }
        assertThat(read(kind, MESSAGES.write(message))).isEqualTo(message);
    }

    @Provide
    Arbitrary<String> kinds() {
        return Arbitraries.of(VALID.keySet());
    }

    @Example
    void theExamplesAreUnderstood() {
        VALID.forEach(
                (kind, text) -> assertThat(MESSAGES.write(read(kind, text))).isNotEmpty());
    }

    @Provide
    Arbitrary<List<Object>> spoiled() {
        return kinds().flatMap(kind -> Mutated.of(VALID.get(kind)).map(text -> List.of(kind, text)));
    }

    @Property(tries = 700)
    void isUnderstoodOrRefusedWhateverItsBytes(@ForAll("spoiled") List<Object> message) {
        isUnderstoodOrRefused((String) message.get(0), message.get(1));
    }

    /** Well-formed all the time: another value at any place. */
    @Provide
    Arbitrary<List<Object>> otherValues() {
        return kinds().flatMap(kind -> {
            var tree = Json.tree(VALID.get(kind));
            var places = places(tree, new ArrayList<>());
            return Arbitraries.of(places)
                    .flatMap(place -> values().map(value -> {
                        var changed = tree.deepCopy();
                        place.apply(changed).set(value);
                        return List.of(kind, changed.toString());
                    }));
        });
    }

    /** Something in a tree that can be set. */
    private interface Place {
        Setter apply(JsonNode root);
    }

    private interface Setter {
        void set(JsonNode value);
    }

    private static List<Place> places(JsonNode node, List<UnaryOperator<JsonNode>> way) {
        var places = new ArrayList<Place>();
        var steps = List.copyOf(way);
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                places.add(root -> value -> ((ObjectNode) walk(root, steps)).set(name, value));
                var further = new ArrayList<>(steps);
                further.add(at -> at.get(name));
                places.addAll(places(object.get(name), further));
            });
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            places.add(root -> value -> ((ArrayNode) walk(root, steps)).set(0, value));
            var further = new ArrayList<>(steps);
            further.add(at -> at.get(0));
            places.addAll(places(array.get(0), further));
        }
        return places;
    }

    private static JsonNode walk(JsonNode root, List<UnaryOperator<JsonNode>> way) {
        var at = root;
        for (var step : way) {
            at = step.apply(at);
        }
        return at;
    }

    private static Arbitrary<JsonNode> values() {
        var tree = JsonNodeFactory.instance;
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60).map(tree::textNode),
                Arbitraries.of(
                                "../../x",
                                "a\n",
                                "share:../x",
                                "share:",
                                ":",
                                "set:\u0000",
                                "9999-99-99T99:99:99Z",
                                "2026-11-27T00:00:00Z\n",
                                "r-1\n",
                                "NaN",
                                "-1",
                                "\ud800",
                                "share:" + "x".repeat(400))
                        .map(tree::textNode),
                Arbitraries.longs().map(tree::numberNode),
                Arbitraries.of(-1L, 0L, 101L, Long.MAX_VALUE, Long.MIN_VALUE).map(tree::numberNode),
                Arbitraries.bigIntegers().map(tree::numberNode),
                Arbitraries.doubles().map(tree::numberNode),
                Arbitraries.of(
                        tree.nullNode(),
                        tree.booleanNode(true),
                        tree.objectNode(),
                        tree.arrayNode(),
                        tree.arrayNode().add(tree.nullNode())));
    }

    @Property(tries = 700)
    void isUnderstoodOrRefusedWhateverItsValues(@ForAll("otherValues") List<Object> message) {
        isUnderstoodOrRefused((String) message.get(0), message.get(1));
    }

    @Property(tries = 200)
    void isUnderstoodOrRefusedAlsoAsBytes(@ForAll("kinds") String kind, @ForAll byte[] bytes) {
        isUnderstoodOrRefused(kind, bytes);
    }

    @Example
    void refusesWhatIsNestedWithoutEnd() {
        for (var kind : VALID.keySet()) {
            for (var deep :
                    List.of("[".repeat(500_000), "{\"recorded\":".repeat(80_000), "[".repeat(900) + "]".repeat(900))) {
                assertThatThrownBy(() -> read(kind, deep)).isInstanceOf(MessageRefused.class);
            }
        }
    }

    @Example
    void quotesNoMoreOfAnUnknownKeyThanAPersonReads() {
        var name = "work".repeat(6_500);

        assertThatThrownBy(() -> read("presence", "{\"" + name + "\":1}"))
                .isInstanceOfSatisfying(MessageRefused.class, refused -> {
                    assertThat(refused.getMessage()).hasSizeLessThan(4_100).endsWith("…");
                    assertThat(Parking.reason(refused)).hasSizeLessThan(4_100);
                });
    }

    @Example
    void refusesANameThatEndsWithALineBreak() {
        var step = VALID.get("step");
        for (var name : List.of("r-1", "capture-01", "s-1", "files", "share:a")) {
            assertThatThrownBy(() -> read("step", step.replace("\"" + name + "\"", "\"" + name + "\\n\"")))
                    .as(name)
                    .isInstanceOf(MessageRefused.class);
        }
    }

    @Example
    void refusesWhatIsNoTextOrTooLong() {
        for (var kind : VALID.keySet()) {
            for (var body : new Object[] {1, List.of(), Map.of("a", "b"), 1.5, " ".repeat(2 << 20), ""}) {
                assertThatThrownBy(() -> read(kind, body)).isInstanceOf(MessageRefused.class);
            }
            assertThatThrownBy(() -> read(kind, null)).isInstanceOf(MessageRefused.class);
        }
    }

    @Example
    void keepsADeepResultFromTheWriterToo() {
        var deep = VALID.get("result").replace("\"recorded\":{}", "\"recorded\":" + "[".repeat(990) + "]".repeat(990));

        isUnderstoodOrRefused("result", deep);
    }
}
