// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;
import java.util.Locale;

/** The eight kinds of file share of OCS 2007 R2, in the order of the seed article. */
public enum ShareRole {
    /** Uploaded content, Q&A logs, polling data and chat data of meetings. */
    MEETING_CONTENT("xml", "png", "Web Components/Data MCU Web/Web"),
    /** XML about uploaded content: date and time of each upload. */
    MEETING_METADATA("xml", "dat", "Web Components/Data MCU Web/Non-Web"),
    /** XML records of upload activities. */
    MEETING_COMPLIANCE("xml", "ppt"),
    /** Full and delta files of the address book; made anew from the directory. */
    ADDRESS_BOOK_FILES("xml", "lsabs", "Web Components/Address Book Files"),
    /** Data of applications such as Response Group: its music and announcements. */
    APPLICATION_DATA("xml", "wav", "Application Host/Application Data"),
    /** Files uploaded to the Group Chat Web Service, and their compliance copies. */
    GROUP_CHAT_WEB("html", "docx"),
    /** Compliance data of Group Chat. */
    GROUP_CHAT_COMPLIANCE_XML("xml", "xml.gz"),
    /** Updates for clients and for devices. */
    UPDATE_FILES("css", "cab", "Web Components/AutoUpdate", "Web Components/DeviceUpdateFiles");

    private final String textSuffix;
    private final String mediaSuffix;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which the checker cannot see
    private final List<String> standardFolders;

    ShareRole(String textSuffix, String mediaSuffix, String... standardFolders) {
        this.textSuffix = textSuffix;
        this.mediaSuffix = mediaSuffix;
        this.standardFolders = List.of(standardFolders);
    }

    /** The name in site files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Suffix of the small files, which compress. */
    public String textSuffix() {
        return textSuffix;
    }

    /** Suffix of the large files, which do not compress. */
    public String mediaSuffix() {
        return mediaSuffix;
    }

    /** Folders below the installation folder of a Standard Edition server; none where an administrator chooses one. */
    public List<String> standardFolders() {
        return standardFolders;
    }
}
