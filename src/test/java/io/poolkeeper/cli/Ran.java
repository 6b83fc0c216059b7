// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a verb printed and ended with. */
record Ran(int exit, String out, String err) {
    static Ran of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Ran(exit, out.toString(), err.toString());
    }

    List<JsonNode> lines() {
        return out.lines().map(Json::tree).toList();
    }
}
