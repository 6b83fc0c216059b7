// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.time.LocalDateTime;
import java.util.UUID;

/**
 * What a backup file says of itself, as {@code RESTORE LABELONLY} shows it.
 *
 * @param mediaSetId the media set's identifier
 * @param familyId this file's identifier
 * @param name the media's name, or null
 * @param description the media's description, or null
 * @param written when it was formatted, by the server's clock
 * @param compressed whether its sets are compressed: the two kinds never mix on one media
 */
public record MediaLabel(
        UUID mediaSetId, UUID familyId, String name, String description, LocalDateTime written, boolean compressed) {}
