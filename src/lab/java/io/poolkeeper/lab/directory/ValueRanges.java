// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * MaxValRange (KB 315071): an attribute with more than 1,500 values comes empty, and beside it {@code member;range=0-1499}; the
 * client asks for {@code member;range=1500-*} next, until the answer ends in {@code *}.
 */
final class ValueRanges extends InMemoryOperationInterceptor {
    private static final String ASKED = "ranges";
    private static final Pattern OPTION = Pattern.compile("(.+);range=(\\d+)-(\\d+|\\*)", Pattern.CASE_INSENSITIVE);

    private final int maxValRange;

    ValueRanges(int maxValRange) {
        this.maxValRange = maxValRange;
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest search) {
        var ranges = new HashMap<String, Range>();
        var names = search.getRequest().getAttributeList().stream()
                .map(name -> withoutRange(name, ranges))
                .toArray(String[]::new);
        if (!ranges.isEmpty()) {
            var request = search.getRequest().duplicate();
            request.setAttributes(names);
            search.setRequest(request);
            search.setProperty(ASKED, Map.copyOf(ranges));
        }
    }

    private static String withoutRange(String name, Map<String, Range> ranges) {
        var option = OPTION.matcher(name);
        if (!option.matches()) {
            return name;
        }
        var last = option.group(3).equals("*") ? Integer.MAX_VALUE : Integer.parseInt(option.group(3));
        ranges.put(option.group(1).toLowerCase(Locale.ROOT), new Range(Integer.parseInt(option.group(2)), last));
        return option.group(1);
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
        var asked = found.getProperty(ASKED) instanceof Map<?, ?> ranges ? ranges : Map.of();
        var entry = found.getSearchEntry();
        if (asked.isEmpty() && entry.getAttributes().stream().allMatch(attribute -> attribute.size() <= maxValRange)) {
            return;
        }
        var copy = new Entry(entry.getDN());
        for (var attribute : entry.getAttributes()) {
            if (asked.get(attribute.getName().toLowerCase(Locale.ROOT)) instanceof Range range) {
                addRange(copy, attribute, range);
            } else if (attribute.size() > maxValRange) {
                copy.addAttribute(new Attribute(attribute.getName()));
                addRange(copy, attribute, new Range(0, Integer.MAX_VALUE));
            } else {
                copy.addAttribute(attribute);
            }
        }
        found.setSearchEntry(copy);
    }

    /** A range that begins behind the last value gives nothing, not an error. */
    private void addRange(Entry entry, Attribute attribute, Range asked) {
        var size = attribute.size();
        var end = (int) Math.min(Math.min(asked.last() + 1L, (long) asked.first() + maxValRange), size);
        if (asked.first() < end) {
            var name = "%s;range=%d-%s"
                    .formatted(attribute.getName(), asked.first(), end == size ? "*" : Integer.toString(end - 1));
            entry.addAttribute(
                    new Attribute(name, Arrays.copyOfRange(attribute.getValueByteArrays(), asked.first(), end)));
        }
    }

    private record Range(int first, int last) {}
}
