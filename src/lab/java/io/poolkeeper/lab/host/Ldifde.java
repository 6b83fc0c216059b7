// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.host;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Stand-in for an export by {@code ldifde -f file -d base -p subtree -r filter [-u] [-j folder]}: records with {@code changetype:
 * add}, lines folded, values that are not plain in base64, ANSI or with {@code -u} UTF-16.
 */
final class Ldifde {
    private static final int FOLD = 78;

    private final LDAPConnection directory;

    Ldifde(LDAPConnection directory) {
        this.directory = directory;
    }

    /** Runs it; the exit code is a convention, not verified. */
    int run(List<String> arguments) throws IOException {
        var file = Path.of(value(arguments, "-f"));
        var unicode = arguments.contains("-u");
        try (var out = Files.newBufferedWriter(file, unicode ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII)) {
            if (unicode) {
                out.write('\uFEFF');
            }
            for (var entry : entries(value(arguments, "-d"), value(arguments, "-r"))) {
                write(entry, out);
            }
            return 0;
        } catch (LDAPException e) {
            return e.getResultCode().intValue();
        }
    }

    private static String value(List<String> arguments, String option) throws IOException {
        var at = arguments.indexOf(option);
        if (at < 0 || at + 1 >= arguments.size()) {
            throw new IOException("ldifde: " + option + " is missing");
        }
        return arguments.get(at + 1);
    }

    private List<Entry> entries(String base, String filter) throws LDAPException {
        var entries = new ArrayList<Entry>();
        var listener = new SearchResultListener() {
            @Override
            public void searchEntryReturned(SearchResultEntry entry) {
                entries.add(entry);
            }

            @Override
            public void searchReferenceReturned(SearchResultReference reference) {
                // other domains are not exported
            }
        };
        com.unboundid.asn1.ASN1OctetString cookie = null;
        do {
            var request = new SearchRequest(listener, base, SearchScope.SUB, filter);
            request.addControl(new SimplePagedResultsControl(500, cookie));
            var control = SimplePagedResultsControl.get(directory.search(request));
            cookie = control == null ? null : control.getCookie();
        } while (cookie != null && cookie.getValueLength() > 0);
        return entries;
    }

    private static void write(Entry entry, Writer out) throws IOException {
        line("dn", entry.getDN().getBytes(StandardCharsets.UTF_8), out);
        out.write("changetype: add\r\n");
        for (var attribute : entry.getAttributes()) {
            for (var value : attribute.getValueByteArrays()) {
                line(attribute.getName(), value, out);
            }
        }
        out.write("\r\n");
    }

    private static void line(String name, byte[] value, Writer out) throws IOException {
        var text = isPlain(value)
                ? name + ": " + new String(value, StandardCharsets.US_ASCII)
                : name + ":: " + Base64.getEncoder().encodeToString(value);
        for (var at = 0; at < text.length(); at += FOLD) {
            out.write((at == 0 ? "" : " ") + text.substring(at, Math.min(text.length(), at + FOLD)) + "\r\n");
        }
    }

    private static boolean isPlain(byte[] value) {
        for (var b : value) {
            if (b < ' ' || b > '~') {
                return false;
            }
        }
        return value.length == 0
                || (value[0] != ' ' && value[0] != ':' && value[0] != '<' && value[value.length - 1] != ' ');
    }
}
