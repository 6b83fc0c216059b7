# SPDX-License-Identifier: Apache-2.0
"""Does with pymssql what it is told on stdin, one JSON object a line, and answers each line with one on stdout.

The tests in lab/sql/foreign decide what the answers should be. Encryption is set in the freetds.conf that FREETDSCONF names.
"""
import datetime
import json
import sys
import threading

import pymssql

connection = None
heard = {}


def text(raw):
    return raw.decode("utf-8") if isinstance(raw, bytes) else str(raw)


def listen(state, severity, server, procedure, line, message):
    heard["messages"].append({"severity": severity, "state": state, "text": text(message)})


def value(v):
    if v is None or isinstance(v, bool):
        return v
    if isinstance(v, bytes):
        return v.hex()
    return v.isoformat() if isinstance(v, datetime.datetime) else str(v)


def open_connection(order):
    return pymssql.connect(
        server=order["host"],
        port=str(order["port"]),
        user=order["user"],
        password=order["password"],
        database=order["database"],
        timeout=order.get("timeout", 0),
        login_timeout=60,
        autocommit=True,
    )


def connect(order):
    global connection
    connection = open_connection(order)
    connection._conn.set_msghandler(listen)


def run(order):
    cursor = connection.cursor()
    if "parameters" in order:
        cursor.execute(order["sql"], tuple(order["parameters"]))
    else:
        cursor.execute(order["sql"])
    if cursor.description:
        heard["columns"] = [c[0] for c in cursor.description]
        heard["rows"] = [[value(v) for v in row] for row in cursor.fetchall()]


def give_up(order):
    """Reads one row and sends an attention."""
    cursor = connection.cursor()
    cursor.execute(order["sql"])
    heard["rows"] = [[value(v) for v in cursor.fetchone()]]
    connection._conn.cancel()


def crowd(order):
    def one():
        mine = open_connection(order)
        cursor = mine.cursor()
        cursor.execute(order["sql"])
        heard["rows"].append([value(v) for v in cursor.fetchone()])
        mine.close()

    threads = [threading.Thread(target=one) for _ in range(order["connections"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


VERBS = {
    "connect": connect,
    "batch": run,
    "give_up": give_up,
    "begin": lambda order: connection.autocommit(False),
    "commit": lambda order: connection.commit(),
    "rollback": lambda order: connection.rollback(),
    "crowd": crowd,
}

for line in sys.stdin:
    heard.clear()
    heard.update({"columns": [], "rows": [], "messages": [], "errors": []})
    order = json.loads(line)
    try:
        VERBS[order["do"]](order)
    except pymssql.Error as error:
        heard["failure"] = type(error).__name__
        number, because = error.args[0] if isinstance(error.args[0], tuple) else error.args
        heard["errors"].append({"number": number, "text": text(because)})
    print(json.dumps(heard), flush=True)
