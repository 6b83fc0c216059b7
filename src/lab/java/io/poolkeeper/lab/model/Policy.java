// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;
import java.util.Map;

/**
 * A policy that global settings hold and that people are assigned to.
 *
 * @param kind what it rules
 * @param name shown in the console
 * @param values its settings
 */
public record Policy(Kind kind, String name, Map<String, String> values) {
    /** What a policy rules; the tag is the binary part of a person's {@code msRTCSIP-UserPolicy}. */
    public enum Kind {
        /** Meetings. */
        MEETING(1, "Meeting"),
        /** Enterprise Voice. */
        VOICE(2, "UC"),
        /** Presence. */
        PRESENCE(5, "Presence");

        private final int tag;
        private final String type;

        Kind(int tag, String type) {
            this.tag = tag;
            this.type = type;
        }

        /** 1 meeting, 2 UC, 5 presence. */
        public int tag() {
            return tag;
        }

        /** As written in the directory and in settings. */
        public String type() {
            return type;
        }
    }

    /** The policies of the lab. */
    static List<Policy> all() {
        return List.of(
                new Policy(
                        Kind.MEETING,
                        "Default Policy",
                        Map.of("MaxMeetingSize", "50", "EnableDataCollaboration", "true", "ColorDepth", "16")),
                new Policy(
                        Kind.MEETING,
                        "Board & Directors",
                        Map.of("MaxMeetingSize", "250", "EnableDataCollaboration", "true", "ColorDepth", "24")),
                new Policy(
                        Kind.VOICE,
                        "Default Policy",
                        Map.of("EnableSimultaneousRing", "true", "PhoneUsages", "Internal,Local")),
                new Policy(
                        Kind.VOICE,
                        "Long Distance",
                        Map.of("EnableSimultaneousRing", "true", "PhoneUsages", "Internal,Local,International")),
                new Policy(Kind.PRESENCE, "Default Policy", Map.of("MaxPromptedSubscriber", "200")));
    }
}
