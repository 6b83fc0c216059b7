// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import static io.poolkeeper.lab.tools.GlobalSettings.values;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Server;
import io.poolkeeper.lab.model.ShareRole;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Settings of the pool as WMI shows them, in the classes that tell where its shares and databases are. */
final class PoolSettings {
    private static final String STANDARD_ROOT = "C:\\Program Files\\Microsoft Office Communications Server 2007 R2\\";

    private final OcsSite site;
    private final List<Section> sections = new ArrayList<>();

    private PoolSettings(OcsSite site) {
        this.site = site;
    }

    static List<Section> of(OcsSite site) {
        var settings = new PoolSettings(site);
        settings.addPool();
        settings.addShares();
        settings.addLogging();
        return settings.sections;
    }

    private void addPool() {
        var pool = site.pool();
        add(
                "MSFT_SIPPoolSetting",
                "PoolFQDN",
                pool.fqdn(),
                "PoolDisplayName",
                pool.name(),
                "PoolType",
                Integer.toString(pool.edition().poolType()),
                "BackEndDBPath",
                pool.backEnd(),
                "PoolMemberList",
                site.servers().stream()
                        .filter(server -> server.is("front-end") || server.is("standard-edition"))
                        .map(Server::fqdn)
                        .collect(Collectors.joining(",")),
                "MajorVersion",
                "4");
    }

    private void addShares() {
        add(
                "MSFT_SIPDataMCUCapabilitySetting",
                "MeetingPresentationContentLocation",
                location(ShareRole.MEETING_CONTENT, 0),
                "MeetingMetadataLocation",
                location(ShareRole.MEETING_METADATA, 0),
                "ContentExpirationGracePeriod",
                "15",
                "ContentStorageLimit",
                "500");
        var compliance = site.edition() == Edition.ENTERPRISE;
        add(
                "MSFT_SIPDataComplianceSetting",
                "EnableMeetingContentCompliance",
                Boolean.toString(compliance),
                "MeetingContentComplianceLocation",
                compliance ? location(ShareRole.MEETING_COMPLIANCE, 0) : "",
                "ShutdownWhenComplianceFails",
                "false");
        add("MSFT_SIPUpdatesServerSetting", "FileLocation", location(ShareRole.UPDATE_FILES, 1));
        add("MSFT_SIPAddressBookSetting", "OutputLocation", location(ShareRole.ADDRESS_BOOK_FILES, 0));
        add("MSFT_SIPApplicationConfigSetting", "ApplicationDataLocation", location(ShareRole.APPLICATION_DATA, 0));
    }

    private void addLogging() {
        if (site.edition() == Edition.ENTERPRISE) {
            add(
                    "MSFT_SIPLogOptions",
                    "ArchivingBEToken",
                    "SQL2",
                    "CDRBEToken",
                    "SQL2",
                    "QueuePath",
                    "ocsarch\\private$\\lcslog");
        }
    }

    /** As Windows sees it; the number chooses among the folders of a Standard Edition server. */
    private String location(ShareRole role, int number) {
        if (site.edition() == Edition.ENTERPRISE) {
            return "\\\\files." + site.domain().dns() + "\\" + role.key();
        }
        var folders = role.standardFolders();
        return STANDARD_ROOT + folders.get(Math.min(number, folders.size() - 1)).replace('/', '\\');
    }

    private void add(String type, String... values) {
        sections.add(new Section(type, "Backend=" + site.pool().backEnd(), values(values)));
    }
}
