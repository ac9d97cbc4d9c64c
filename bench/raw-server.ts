import { createServer } from 'node:http';

/** The floor: a process of its own, like the bot, that reads the request and answers a fixed body. */
const body = process.env.RAW_BODY ?? '';
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': Buffer.byteLength(body),
};

const server = createServer((req, res) => {
  req.on('end', () => {
    res.writeHead(200, headers);
    res.end(body);
  });
  req.resume();
});
server.listen(Number(process.env.RAW_PORT), '127.0.0.1', () => process.send?.('ready'));
