// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scripted client saw of one request, as it told it in JSON. */
record Answer(JsonNode json) {
    /** All rows, each cell as text; null is {@code null}. */
    List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        for (var row : json.get("rows")) {
            var cells = new ArrayList<String>();
            row.forEach(cell -> cells.add(cell.isNull() ? null : cell.asText()));
            rows.add(cells);
        }
        return rows;
    }

    /** The one cell of the one row. */
    String cell() {
        return rows().get(0).get(0);
    }

    /** A cell by its row, from 0, and its column's name in any case. */
    String cell(int row, String column) {
        var names = new ArrayList<String>();
        json.get("columns").forEach(name -> names.add(name.asText().toLowerCase(Locale.ROOT)));
        return rows().get(row).get(names.indexOf(column.toLowerCase(Locale.ROOT)));
    }

    /** Something about each of the server's informations, in order: number, severity, state, text. */
    List<String> messages(String field) {
        return json.get("messages").findValuesAsText(field);
    }

    /** Something about each of the server's errors, in order: number, severity, state, text. */
    List<String> errors(String field) {
        return json.get("errors").findValuesAsText(field);
    }

    /** What went wrong in the client's own words, or nothing. */
    String failure() {
        return json.path("failure").asText("");
    }

    /** Why it went wrong. */
    String because() {
        return json.path("because").asText("");
    }

    /** The output parameter of that name. */
    String output(String name) {
        return json.get("outputs").get(name).asText();
    }
}
