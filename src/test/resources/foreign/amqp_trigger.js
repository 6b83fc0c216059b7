// SPDX-License-Identifier: Apache-2.0
// Asks for a run as a company's scheduler would: by AMQP 1.0, with rhea, and prints the answer.
// arguments: port, user, password, authority's PEM file or '' for no TLS, body
const fs = require('fs');
const rhea = require('rhea');

const [port, username, password, authority, body] = process.argv.slice(2);
const container = rhea.create_container();
const options = { host: 'localhost', port: Number(port), username, password, reconnect: false, container_id: 'scheduler-' + process.pid };
if (authority) {
  options.transport = 'tls';
  options.ca = [fs.readFileSync(authority)];
}
let sender;
container.on('connection_open', (context) => context.connection.open_receiver({ source: { dynamic: true } }));
container.on('receiver_open', (context) => {
  sender = context.connection.open_sender('queue://poolkeeper.trigger');
  sender.reply_to = context.receiver.source.address;
});
container.on('sendable', (context) => {
  if (context.sender === sender && !sender.sent) {
    sender.sent = true;
    sender.send({ body, reply_to: sender.reply_to, correlation_id: 'question-1' });
  }
});
container.on('rejected', (context) => end(2, 'rejected: ' + JSON.stringify(context.delivery.remote_state)));
container.on('message', (context) => end(0, context.message.correlation_id + ' ' + context.message.body));
container.on('connection_error', (context) => end(3, 'refused: ' + context.connection.error));
container.on('sender_error', (context) => end(4, 'refused: ' + context.sender.error));
container.on('receiver_error', (context) => end(5, 'refused: ' + context.receiver.error));
container.on('disconnected', (context) => end(6, 'disconnected: ' + (context.error || '')));

function end(code, text) {
  console.log(text);
  process.exit(code);
}

setTimeout(() => end(7, 'no answer'), 30000);
container.connect(options);
