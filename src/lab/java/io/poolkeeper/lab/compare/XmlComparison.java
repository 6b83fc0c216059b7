// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares two XML files by what they say: encoding, comments, white space between elements and the order of siblings do not matter.
 */
public final class XmlComparison {
    private final String part;
    private final List<Difference> differences = new ArrayList<>();

    private XmlComparison(String part) {
        this.part = part;
    }

    /** The differences between two files, in UTF-8 or UTF-16. */
    public static List<Difference> compare(String part, Path live, Path restored) throws IOException {
        return compare(part, Files.readAllBytes(live), Files.readAllBytes(restored));
    }

    /** The differences between two documents. */
    public static List<Difference> compare(String part, byte[] live, byte[] restored) throws IOException {
        var comparison = new XmlComparison(part);
        var liveRoot = XmlElement.parse(live);
        var restoredRoot = XmlElement.parse(restored);
        if (liveRoot.name().equals(restoredRoot.name())) {
            comparison.compare("/" + liveRoot.step(), liveRoot, restoredRoot);
        } else {
            comparison.add("/", liveRoot.name(), restoredRoot.name());
        }
        return comparison.differences;
    }

    private void compare(String path, XmlElement live, XmlElement restored) {
        var names = new TreeSet<>(live.attributes().keySet());
        names.addAll(restored.attributes().keySet());
        for (var name : names) {
            add(
                    path + "/@" + name,
                    live.attributes().getOrDefault(name, Difference.ABSENT),
                    restored.attributes().getOrDefault(name, Difference.ABSENT));
        }
        add(path, live.text(), restored.text());
        compareChildren(path, live, restored);
    }

    /** Strikes out children that are the same, then pairs those that are most alike. */
    private void compareChildren(String path, XmlElement live, XmlElement restored) {
        var onlyLive = new ArrayList<>(live.children());
        var onlyRestored = new ArrayList<>(restored.children());
        onlyLive.removeIf(onlyRestored::remove);
        for (var child : onlyLive) {
            var twin = child.mostAlike(onlyRestored);
            if (twin == null) {
                add(path + "/" + child.step(), child.toString(), Difference.ABSENT);
            } else {
                onlyRestored.remove(twin);
                compare(path + "/" + child.step(), child, twin);
            }
        }
        for (var child : onlyRestored) {
            add(path + "/" + child.step(), Difference.ABSENT, child.toString());
        }
    }

    private void add(String place, String live, String restored) {
        if (!live.equals(restored)) {
            differences.add(new Difference(part, place, live, restored));
        }
    }
}
