import { createServer } from 'node:http';

/** The floor: a process of its own, like the bot, that reads the request and answers a fixed body. */
const { RAW_BODY: body = '', RAW_PORT: port } = process.env;
const head = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
createServer((req, res) => {
  req.resume().on('end', () => res.writeHead(200, head).end(body));
}).listen(Number(port), '127.0.0.1', () => process.send?.('listens'));
