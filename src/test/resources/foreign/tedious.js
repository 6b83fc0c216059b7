// SPDX-License-Identifier: Apache-2.0
// Does with tedious what it is told on stdin, one JSON object a line, and answers each line with one on stdout. The tests in
// lab/sql/foreign decide what the answers should be.
'use strict';
const { Connection, Request, TYPES } = require('tedious');
const readline = require('readline');

let connection;
let heard;
let onMessage = () => {};

function connect(order) {
  const options = {
    encrypt: order.encrypt,
    trustServerCertificate: true,
    database: order.database,
    requestTimeout: 60000,
    connectTimeout: 30000,
    ...(order.instance ? { instanceName: order.instance } : { port: order.port }),
  };
  const login = { type: 'default', options: { userName: order.user, password: order.password } };
  const made = new Connection({ server: order.host, authentication: login, options });
  const tell = (list) => (m) => {
    heard[list].push({ number: m.number, severity: m.class, state: m.state, text: m.message });
    onMessage(m);
  };
  made.on('infoMessage', tell('messages'));
  made.on('errorMessage', tell('errors'));
  made.on('error', () => {});
  return new Promise((resolve, reject) => made.connect((error) => (error ? reject(error) : resolve(made))));
}

function value(v) {
  if (Buffer.isBuffer(v)) return v.toString('hex');
  if (v instanceof Date) return v.toISOString();
  return v === null || typeof v === 'boolean' ? v : String(v);
}

function collect(request, resolve) {
  heard.columns = [];
  heard.rows = [];
  request.on('columnMetadata', (columns) => (heard.columns = columns.map((c) => c.colName)));
  request.on('row', (row) => heard.rows.push(row.map((c) => value(c.value))));
  request.on('returnValue', (name, v) => (heard.outputs[name] = value(v)));
  request.callback = (error) => {
    if (error) heard.failure = error.code || error.name;
    resolve();
  };
}

function run(sql, how, prepare = () => {}) {
  return new Promise((resolve) => {
    const request = new Request(sql, () => {});
    prepare(request);
    collect(request, resolve);
    how(request);
  });
}

function parameters(order) {
  return (request) => {
    for (const p of order.parameters) {
      if (p.output) request.addOutputParameter(p.name, TYPES[p.type]);
      else request.addParameter(p.name, TYPES[p.type], p.type === 'VarBinary' ? Buffer.from(p.value, 'hex') : p.value);
    }
  };
}

/** Prepares once and executes with one value after the other. */
function prepared(order) {
  return new Promise((resolve) => {
    const values = [...order.values];
    heard.rows = [];
    const next = (error) => {
      if (error) heard.failure = error.code;
      if (error || values.length === 0) {
        request.on('prepared', () => {});
        request.callback = () => resolve();
        connection.unprepare(request);
        return;
      }
      connection.execute(request, { p: values.shift() });
    };
    const request = new Request(order.sql, next);
    request.addParameter('p', TYPES[order.type]);
    request.on('row', (row) => heard.rows.push(row.map((c) => value(c.value))));
    request.on('prepared', () => next());
    connection.prepare(request);
  });
}

/** Cancels at the first message of a number, or soon after the start where none is given. */
function cancel(order) {
  if (order.at) {
    onMessage = (m) => {
      if (m.number === order.at) {
        onMessage = () => {};
        connection.cancel();
      }
    };
  }
  return run(order.sql, (request) => {
    connection.execSqlBatch(request);
    if (!order.at) setTimeout(() => connection.cancel(), 200);
  });
}

function transaction(verb) {
  return new Promise((resolve) => {
    connection[verb + 'Transaction']((error) => {
      if (error) heard.failure = error.code;
      resolve();
    });
  });
}

async function crowd(order) {
  const one = async () => {
    const mine = await connect(order);
    return new Promise((resolve, reject) => {
      const request = new Request(order.sql, (error) => {
        mine.close();
        if (error) reject(error);
      });
      request.on('row', (row) => resolve(row.map((c) => value(c.value))));
      mine.execSql(request);
    });
  };
  heard.rows = await Promise.all(Array.from({ length: order.connections }, one));
}

const verbs = {
  connect: async (order) => {
    connection = await connect(order);
  },
  batch: (order) => run(order.sql, (r) => connection.execSqlBatch(r)),
  query: (order) => run(order.sql, (r) => connection.execSql(r), parameters(order)),
  call: (order) => run(order.sql, (r) => connection.callProcedure(r), parameters(order)),
  prepared,
  cancel,
  begin: () => transaction('begin'),
  commit: () => transaction('commit'),
  rollback: () => transaction('rollback'),
  reset: () => new Promise((resolve) => connection.reset(() => resolve())),
  crowd,
};

async function obey(line) {
  heard = { columns: [], rows: [], outputs: {}, messages: [], errors: [] };
  const order = JSON.parse(line);
  try {
    await verbs[order.do](order);
  } catch (error) {
    heard.failure = error.code || error.name;
    heard.because = [error, error.cause].filter(Boolean).map((e) => e.message).join(': ');
  }
  process.stdout.write(JSON.stringify(heard) + '\n');
}

let last = Promise.resolve();
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => (last = last.then(() => obey(line))))
  .on('close', () => last.then(() => process.exit(0)));
