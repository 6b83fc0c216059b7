// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What the trigger of a Workflow takes: a message with Adaptive Cards attached, of a version that Teams shows. */
final class TeamsMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    private TeamsMessage() {}

    static boolean isCard(byte[] body) {
        try {
            var message = JSON.readTree(body);
            var attachments = message.path("attachments");
            var cards = attachments.isArray() && !attachments.isEmpty();
            for (var attachment : attachments) {
                cards &= isAdaptiveCard(attachment);
            }
            return cards && message.path("type").asText().equals("message");
        } catch (IOException e) {
            // not JSON: that is the answer, not a fault of ours
            return false;
        }
    }

    private static boolean isAdaptiveCard(JsonNode attachment) {
        var content = attachment.path("content");
        return attachment.path("contentType").asText().equals(CARD)
                && content.path("type").asText().equals("AdaptiveCard")
                && content.path("version").asText().matches("1\\.[0-4]")
                && content.path("body").isArray();
    }
}
