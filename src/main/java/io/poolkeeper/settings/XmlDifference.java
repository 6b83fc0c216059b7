// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.settings.XmlTree.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has changed between two exports: a line for each value, and for each element that came or went, with its path. White
 * space, the order of siblings and that of attributes make no line.
 *
 * <p>Siblings of the same name are told apart by the first of the usual names of keys that all of them have, each with
 * another value: an attribute ({@code Name="x"}), or an element within. Where there is none, those that are most alike are
 * taken for the same.
 */
final class XmlDifference {
    /** The names that tools give to what tells things apart, the surest first. */
    static final List<String> KEYS = List.of(
            "key",
            "id",
            "guid",
            "instanceid",
            "instance",
            "name",
            "userathost",
            "fqdn",
            "poolname",
            "classname",
            "level");

    /** Beyond so many pairs of siblings without a key their order decides. */
    private static final int MOST_PAIRS = 1_000_000;

    private final List<String> lines = new ArrayList<>();

    private XmlDifference() {}

    /** The lines, in the order of the later document. */
    static List<String> of(Element before, Element now) {
        var difference = new XmlDifference();
        if (before.name().equals(now.name())) {
            difference.compare(XmlPath.root(now), before, now);
        } else {
            difference.lines.add(XmlPath.root(before).removed(before));
            difference.lines.add(XmlPath.root(now).added(now));
        }
        return List.copyOf(difference.lines);
    }

    private void compare(XmlPath path, Element before, Element now) {
        if (before.sum().equals(now.sum())) {
            return;
        }
        var attributes = new TreeSet<>(before.attributes().keySet());
        attributes.addAll(now.attributes().keySet());
        for (var attribute : attributes) {
            value(
                    path.attribute(attribute),
                    before.attributes().get(attribute),
                    now.attributes().get(attribute));
        }
        value(path, emptyIsNone(before), emptyIsNone(now));
        var names = new LinkedHashSet<String>();
        Stream.concat(now.children().stream(), before.children().stream()).forEach(child -> names.add(child.name()));
        for (var name : names) {
            siblings(path, named(before, name), named(now, name));
        }
    }

    /** Of an element with elements no text is no value; a leaf has one, even if it is empty. */
    private static @Nullable String emptyIsNone(Element element) {
        return element.isLeaf() || !element.text().isEmpty() ? element.text() : null;
    }

    private static List<Element> named(Element parent, String name) {
        return parent.children().stream()
                .filter(child -> child.name().equals(name))
                .toList();
    }

    private void value(XmlPath path, @Nullable String before, @Nullable String now) {
        if (before == null ? now != null : !before.equals(now)) {
            lines.add(path.changed(before, now));
        }
    }

    private void siblings(XmlPath parent, List<Element> before, List<Element> now) {
        var key = KEYS.stream()
                .filter(name -> tellsApart(name, before) && tellsApart(name, now))
                .findFirst()
                .orElse(null);
        if (key != null) {
            byKey(parent, key, before, now);
        } else {
            byLikeness(parent, before, now);
        }
    }

    private static boolean tellsApart(String key, List<Element> siblings) {
        var seen = new TreeSet<String>();
        return siblings.stream()
                .allMatch(element -> key(key, element).filter(seen::add).isPresent());
    }

    /** The value of a key, of an attribute or of an element within. */
    static Optional<String> key(String name, Element element) {
        return element.attributes().entrySet().stream()
                .filter(attribute -> attribute.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> element.children().stream()
                        .filter(child -> child.isLeaf() && child.name().equalsIgnoreCase(name))
                        .map(Element::text)
                        .findFirst());
    }

    /** The first key that an element has, if only to name it. */
    static Optional<String> anyKey(Element element) {
        return KEYS.stream().filter(name -> key(name, element).isPresent()).findFirst();
    }

    private void byKey(XmlPath parent, String key, List<Element> before, List<Element> now) {
        var gone = new LinkedHashMap<String, Element>();
        before.forEach(element -> gone.put(key(key, element).orElseThrow(), element));
        for (var element : now) {
            var path = parent.of(element, key, 0);
            var old = gone.remove(key(key, element).orElseThrow());
            if (old == null) {
                lines.add(path.added(element));
            } else {
                compare(path, old, element);
            }
        }
        gone.values().forEach(element -> lines.add(parent.of(element, key, 0).removed(element)));
    }

    private void byLikeness(XmlPath parent, List<Element> before, List<Element> now) {
        var gone = new ArrayList<>(before);
        var come = new ArrayList<Element>();
        var same = new HashMap<String, Integer>();
        before.forEach(element -> same.merge(element.sum(), 1, Integer::sum));
        for (var element : now) {
            if (same.merge(element.sum(), -1, Integer::sum) < 0) {
                come.add(element);
            } else {
                gone.remove(gone.stream()
                        .filter(old -> old.sum().equals(element.sum()))
                        .findFirst()
                        .orElseThrow());
            }
        }
        var tooMany = (long) gone.size() * come.size() > MOST_PAIRS;
        for (var element : come) {
            var path = parent.of(element, null, now.size() > 1 ? now.indexOf(element) + 1 : 0);
            var twin = tooMany ? gone.stream().findFirst() : mostAlike(element, gone);
            if (twin.isEmpty()) {
                lines.add(path.added(element));
            } else {
                gone.remove(twin.get());
                compare(path, twin.get(), element);
            }
        }
        gone.forEach(element -> lines.add(parent.of(element, null, before.size() > 1 ? before.indexOf(element) + 1 : 0)
                .removed(element)));
    }

    /** With nothing in common two elements are the same one only if neither has anything to be known by. */
    private static Optional<Element> mostAlike(Element element, List<Element> others) {
        Element best = null;
        var most = anyKey(element).isEmpty() ? -1 : 0;
        for (var other : others) {
            var alike = alike(element, other);
            if (alike > most) {
                most = alike;
                best = other;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int alike(Element one, Element other) {
        var sums = new LinkedHashSet<String>();
        one.children().forEach(child -> sums.add(child.sum()));
        var children = (int) other.children().stream()
                .filter(child -> sums.contains(child.sum()))
                .count();
        var attributes = (int) one.attributes().entrySet().stream()
                .filter(attribute ->
                        attribute.getValue().equals(other.attributes().get(attribute.getKey())))
                .count();
        var text = !one.text().isEmpty() && one.text().equals(other.text()) ? 1 : 0;
        return children + attributes + text;
    }
}
