/**
 * What was tried on the simulator's web server, and what came of it: `docs/en/security.md` and its Spanish page show these rows, and
 * `probes.test.ts` tries each over a real socket.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { alive, body, form, head, type Probe, refused, sender, status, type Target } from './probing.js';

/** None of these paths leads out of the web folder. */
async function leadsNowhere(target: Target, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await target.ask(`GET ${path}`);
    assert.ok([400, 404].includes(status(answer)), `${path}: ${answer.slice(0, 40)}`);
    assert.doesNotMatch(answer, /secret of the project|root:/, path);
  }
}

export const probes: readonly Probe[] = [
  {
    what: {
      en: '`..` in every spelling: plain, `%2e`, `%2f`, `%5c`, encoded twice, overlong UTF-8, `%u002e`, full-width letters, `..;`, `....//`',
      es: '`..` escrito de todas las formas: tal cual, `%2e`, `%2f`, `%5c`, codificado dos veces, UTF-8 demasiado largo, `%u002e`, letras de ancho completo, `..;`, `....//`',
    },
    outcome: { en: '404 or 400; nothing outside the web folder is read', es: '404 o 400; no se lee nada fuera de la carpeta web' },
    try: (target) => {
      const ups = ['..', '%2e%2e', '.%2e', '%252e%252e', '%c0%ae%c0%ae', '%e0%80%ae%e0%80%ae', '%u002e%u002e', '%ef%bc%8e%ef%bc%8e'];
      const slashes = ['/', '%2f', '%5c', '\\', '%252f', '%c0%af', '%ef%bc%8f', '//'];
      const paths = ups.flatMap((up) => slashes.map((slash) => `/${up}${slash}secret.txt`));
      return leadsNowhere(target, [
        ...paths,
        '/..;/secret.txt',
        '/....//secret.txt',
        '/a/../../secret.txt',
        '//..//secret.txt',
        '/./../secret.txt',
      ]);
    },
  },
  {
    what: {
      en: 'symbolic links in the web folder to a file, and to a folder, outside of it',
      es: 'enlaces simbólicos en la carpeta web a un archivo y a una carpeta de fuera',
    },
    outcome: { en: '404: the real path counts', es: '404: cuenta la ruta real' },
    try: (target) => leadsNowhere(target, ['/link.txt', '/linked/secret.txt']),
  },
  {
    what: { en: 'NUL and control characters in an address', es: 'NUL y caracteres de control en una dirección' },
    outcome: refused,
    try: async ({ ask }) => {
      for (const path of ['/index.html%00.txt', '/%00', '/a%0d%0ab', '/a%7f', '/a%1fb'])
        assert.equal(status(await ask(`GET ${path}`)), 400, path);
    },
  },
  {
    what: {
      en: 'device names, streams, drives, shares, and endings that Windows drops: `/CON`, `/nul.html`, `/index.html::$DATA`, `/C:/…`, `\\\\host\\share`, `/index.html.`',
      es: 'nombres de dispositivos, flujos, unidades, recursos compartidos y finales que Windows omite: `/CON`, `/nul.html`, `/index.html::$DATA`, `/C:/…`, `\\\\equipo\\recurso`, `/index.html.`',
    },
    outcome: { en: '404 or 400 on every system', es: '404 o 400 en cualquier sistema' },
    try: (target) =>
      leadsNowhere(target, [
        ...['/CON', '/nul.html', '/aux', '/COM1.txt', '/sub/prn', '/index.html::$DATA', '/index.html:x', '/C:/secret.txt'],
        ...['/C:%5csecret.txt', '/%5c%5chost%5cshare', '/index.html.', '/index.html%20', '/index.html...', '/.hidden', '/INDEX~1.HTM'],
      ]),
  },
  {
    what: {
      en: 'a line break in the text of a redirect, a cookie, a content type, a header’s value or name; letters that no header can hold',
      es: 'un salto de línea en el texto de una redirección, una cookie, un tipo de contenido, el valor o el nombre de una cabecera; letras que ninguna cabecera puede llevar',
    },
    outcome: {
      en: 'encoded in a redirect; else an error of 4D (500); no header of the attacker’s is sent',
      es: 'codificado en una redirección; si no, un error de 4D (500); no se envía ninguna cabecera del atacante',
    },
    try: async ({ ask }) => {
      const evil = 'to=x%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>';
      for (const method of ['redirect', 'redirectAsIs', 'header', 'headerName', 'cookiePath', 'textType', 'blobType']) {
        const answer = await ask(`POST /4DACTION/${method}`, form, evil);
        assert.equal(status(answer), method === 'redirect' ? 302 : 500, method);
        assert.doesNotMatch(head(answer), /^Set-Cookie: evil/im, method);
      }
      for (const method of ['header', 'textType', 'blobType']) {
        const answer = await ask(`POST /4DACTION/${method}`, form, `to=${encodeURIComponent('text/\u010d\u010aX-Evil: 1')}`);
        assert.equal(status(answer), 200, method);
        assert.doesNotMatch(head(answer), /^X-Evil/im, method);
      }
    },
  },
  {
    what: {
      en: 'an address of 9,000 characters, headers of 70 KB, 300 headers',
      es: 'una dirección de 9 000 caracteres, cabeceras de 70 KB, 300 cabeceras',
    },
    outcome: { en: '414, 431, 431', es: '414, 431, 431' },
    try: async ({ ask }) => {
      assert.equal(status(await ask(`GET /${'x'.repeat(9_000)}`)), 414);
      assert.equal(status(await ask('GET /', [`X: ${'y'.repeat(70_000)}`])), 431);
      assert.equal(status(await ask('GET /', Array(300).fill('X: y'))), 431);
    },
  },
  {
    what: {
      en: 'a body over the limit, said in advance or sent in pieces',
      es: 'un cuerpo mayor que el límite, anunciado o enviado por partes',
    },
    outcome: { en: '413; what comes beyond is not kept', es: '413; lo que sobra no se guarda' },
    try: async ({ ask, send }) => {
      assert.equal(status(await ask('POST /4DACTION/hello', ['Content-Length: 3000000'])), 413);
      const pieces = `10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(46);
      const head = 'POST /4DACTION/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n';
      assert.equal(status(await send(`${head}${pieces}0\r\n\r\n`)), 413);
    },
  },
  {
    what: {
      en: 'multipart bodies: tens of thousands of parts, no boundary, a boundary without end',
      es: 'cuerpos multipart: decenas de miles de partes, sin separador, un separador sin fin',
    },
    outcome: { en: 'at most 1,000 parts are read', es: 'se leen 1 000 partes como máximo' },
    try: async ({ ask }) => {
      const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n';
      const many = part.repeat(Math.floor(1_900_000 / part.length));
      const type = (boundary: string) => [`Content-Type: multipart/form-data${boundary}`];
      assert.equal(body(await ask('POST /4DACTION/parts', type('; boundary=b'), `${many}--b--\r\n`)), '1000');
      assert.equal(body(await ask('POST /4DACTION/parts', type(''), many)), '0');
      assert.equal(
        body(await ask('POST /4DACTION/parts', type('; boundary=b'), '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx')),
        '0',
      );
    },
  },
  {
    what: {
      en: 'forms of 900,000 fields; JSON and 4D tags in each other thousands deep, tags without end, pages that include themselves',
      es: 'formularios de 900 000 campos; JSON y etiquetas 4D anidados miles de veces, etiquetas sin fin, páginas que se incluyen a sí mismas',
    },
    outcome: {
      en: '100,000 fields are read; JSON that is too deep is an error of 4D; tags go 200 deep; others go on meanwhile',
      es: 'se leen 100 000 campos; un JSON demasiado profundo es un error de 4D; las etiquetas llegan a 200 niveles; los demás siguen mientras tanto',
    },
    try: async (target) => {
      const { ask } = target;
      assert.equal(body(await ask('POST /4DACTION/count', form, 'a&'.repeat(900_000))), '100000');
      for (const text of ['['.repeat(1_900_000), `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`])
        assert.equal(status(await ask('POST /4DACTION/jsonBody', [], text)), 500);
      assert.match(body(await ask('GET /self.shtml')), /4DINCLUDE/);
      for (const tag of ['<!--#4DIF (True)-->', '<!--#4DIF ', '<!--#4DLOOP (False)-->', '<!--#4DTEXT "', '$4DTEXT('])
        assert.equal(status(await ask('POST /4DACTION/tags', form, `a=${encodeURIComponent(tag.repeat(30_000))}`)), 200, tag);
      await alive(target);
    },
  },
  {
    what: {
      en: 'headers that come one by one and never end (slow requests)',
      es: 'cabeceras que llegan una a una y no terminan (peticiones lentas)',
    },
    outcome: {
      en: '408 after 10 seconds, 60 for a whole request; at most 1,000 connections',
      es: '408 a los 10 segundos, 60 para la petición entera; como máximo 1 000 conexiones',
    },
    try: async ({ send }) => {
      assert.equal(status(await send('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ')), 408);
    },
  },
  {
    what: {
      en: 'answers that nobody reads (slow readers)',
      es: 'respuestas que nadie lee (lectores lentos)',
    },
    outcome: {
      en: 'hung up after 60 seconds; at most 256 MB of answers wait',
      es: 'se cuelga a los 60 segundos; esperan como máximo 256 MB de respuestas',
    },
    try: async (target) => {
      const received = new Promise<number>((resolve) => {
        let size = 0;
        const socket = connect(target.port, '127.0.0.1', () => socket.write('GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'));
        socket.pause().on('error', () => undefined);
        // What it sees of being hung up it sees only when it reads.
        setTimeout(() => socket.resume(), 4_000);
        socket.on('data', (data) => {
          size += data.length;
        });
        socket.pause().on('close', () => resolve(size));
      });
      await alive(target);
      assert.ok((await received) < 20_000_000, 'all of it came');
    },
  },
  {
    what: {
      en: 'request smuggling: Content-Length beside Transfer-Encoding, twice, negative, with a sign, too long; codings other than `chunked`; a header folded or with a blank before its colon; bare line feeds and returns; sizes and ends of pieces that are none; HTTP/0.9 and HTTP/2.0',
      es: 'contrabando de peticiones: Content-Length junto a Transfer-Encoding, dos veces, negativo, con signo, demasiado largo; codificaciones distintas de `chunked`; una cabecera plegada o con un blanco antes de los dos puntos; saltos de línea y retornos sueltos; tamaños y finales de trozos que no lo son; HTTP/0.9 y HTTP/2.0',
    },
    outcome: { en: 'refused: 400, 501 or 505', es: 'se rechaza: 400, 501 o 505' },
    try: async ({ send }) => {
      const heads = [
        'Content-Length: 5\r\nTransfer-Encoding: chunked',
        'Transfer-Encoding: chunked\r\nContent-Length: 5',
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding : chunked',
        'Content-Length: 5\r\nContent-Length: 6',
        'Content-Length: -5',
        'Content-Length: +5',
        'Content-Length: 5, 5',
        'X: a\r\n b: c\r\nContent-Length : 5',
        'Content-Length: 18446744073709551621',
        'Content-Length: 0x5',
        'Content-Length:',
        'Transfer-Encoding:\r\n chunked',
        'Transfer-Encoding: chunked, chunked',
        'Transfer-Encoding: xchunked',
        'Transfer-Encoding: \x0bchunked',
        'X: a\rContent-Length: 5',
        'X: a\nContent-Length: 5',
      ];
      for (const lines of heads) {
        const answer = await send(
          `POST /4DACTION/hello HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines}\r\n\r\n0\r\n\r\nGET /4DACTION/hello HTTP/1.1\r\nHost: x\r\n\r\n`,
        );
        assert.equal(status(answer), lines.endsWith('xchunked') ? 501 : 400, lines);
        assert.doesNotMatch(answer, /hello/, lines);
      }
      const second = 'GET /4DACTION/hello HTTP/1.1\r\nHost: x\r\n\r\n';
      for (const piece of ['0x5\r\nhello', '-5\r\nhello', 'FFFFFFFFFFFFFFFFF\r\nhello', '5\r\nhelloX', '5\nhello', '5;a\nhello']) {
        const head = 'POST /4DACTION/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n';
        const answer = await send(`${head}${piece}\r\n0\r\n\r\n${second}`);
        assert.equal(status(answer), 400, piece);
        assert.doesNotMatch(answer, /HTTP.*HTTP/s, piece);
      }
      const coded = 'POST /4DACTION/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n';
      assert.equal(status(await send(coded)), 501);
      assert.equal(status(await send('GET /4DACTION/hello HTTP/1.1\nHost: 127.0.0.1\n\n')), 400);
      assert.equal(status(await send('GET /4DACTION/hello\r\n\r\n')), 505);
      assert.equal(status(await send('GET /4DACTION/hello HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n')), 505);
    },
  },
  {
    what: {
      en: 'a session id that the server did not issue, in the cookie or the address',
      es: 'un ID de sesión que el servidor no ha dado, en la cookie o en la dirección',
    },
    outcome: { en: 'another session, with an id of the server’s own', es: 'otra sesión, con un ID propio del servidor' },
    try: async ({ ask }) => {
      const fixed = 'AAAABBBBCCCCDDDDEEEEFFFF00001111';
      for (const [path, headers] of [
        ['/4DACTION/session', [`Cookie: 4DSID_Probed=${fixed}`]],
        [`/4DACTION/session?4DSID=${fixed}`, []],
        [`/4DACTION/session?4DSID_Probed=${fixed}`, []],
        [`/4DACTION/session?$4DSID=${fixed}`, []],
        [`/4DACTION/session/${fixed}`, [`Cookie: 4DSID=${fixed}`]],
      ] as const) {
        assert.match(body(await ask(`GET ${path}`, headers)), /^(?!A{4}B{4})[0-9A-F]{32}$/, path);
      }
    },
  },
  {
    what: {
      en: '`__proto__`, `constructor`, `prototype` in JSON, forms, queries, headers, cookies, method names',
      es: '`__proto__`, `constructor`, `prototype` en JSON, formularios, consultas, cabeceras, cookies y nombres de métodos',
    },
    outcome: {
      en: 'names like any other; no JavaScript object is touched',
      es: 'nombres como otro cualquiera; no se toca ningún objeto de JavaScript',
    },
    try: async (target) => {
      const { ask } = target;
      const json = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
      assert.equal(body(await ask('POST /4DACTION/json', form, `to=${encodeURIComponent(json)}`)), json);
      assert.equal(body(await ask('POST /4DACTION/names', form, '__proto__[polluted]=1')), '__proto__[polluted]');
      assert.equal(body(await ask('GET /4DACTION/names?constructor.prototype.polluted=1')), 'constructor.prototype.polluted');
      assert.equal(status(await ask('GET /4DACTION/hello', ['__proto__: x', 'Cookie: __proto__=x; constructor=y'])), 200);
      for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
        assert.equal(status(await ask(`GET /4DACTION/${name}`)), 404);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
      await alive(target);
    },
  },
  {
    what: {
      en: 'a page whose name was made to lead to this machine (DNS rebinding): `Host: evil.example`; names that only look like its own; two of them; another one in the full address',
      es: 'una página cuyo nombre se ha hecho llegar a este equipo (DNS rebinding): `Host: evil.example`; nombres que solo se parecen a los suyos; dos nombres; otro en la dirección completa',
    },
    outcome: { en: '403, unless `--host` allows the name; 400 for two', es: '403, salvo que `--host` permita el nombre; 400 si son dos' },
    try: async ({ send, port }) => {
      const foreign = ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '127.0.0.1@evil.example', '[::1].evil.example'];
      for (const host of [...foreign, '127.0.0.1.nip.io', '0.0.0.0', '127.0.0.1, evil.example', 'evil\u3002example']) {
        const bytes = Buffer.from(`GET /4DACTION/hello HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        assert.equal(status(await send(bytes)), 403, host);
      }
      const rest = 'HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n';
      assert.equal(status(await send(`GET http://evil.example/4DACTION/hello ${rest}\r\n`)), 403);
      assert.equal(status(await send(`GET /4DACTION/hello ${rest}Host: evil.example\r\n\r\n`)), 400);
      for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, 'shop.localhost', 'allowed.example']) {
        assert.equal(status(await send(`GET /4DACTION/hello HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)), 200, host);
      }
    },
  },
  {
    what: {
      en: 'a page from elsewhere that reads answers (cross-origin requests)',
      es: 'una página de otro origen que lee las respuestas',
    },
    outcome: {
      en: 'no CORS header unless the project switches CORS on: the browser keeps the answer',
      es: 'ninguna cabecera CORS si el proyecto no activa CORS: el navegador se guarda la respuesta',
    },
    try: async ({ ask }) => {
      for (const line of ['GET /4DACTION/hello', 'OPTIONS /4DACTION/hello']) {
        const answer = await ask(line, ['Origin: http://evil.example', 'Access-Control-Request-Method: POST']);
        assert.doesNotMatch(head(answer), /access-control/i, line);
      }
    },
  },
  {
    what: {
      en: 'the door for debuggers: without the secret, with a wrong one, as a web page would ask',
      es: 'la puerta de los depuradores: sin el secreto, con otro, como lo haría una página web',
    },
    outcome: { en: 'hung up without a word', es: 'cuelga sin decir nada' },
    try: async ({ door }) => {
      const { send } = sender(door);
      const said = async (text: string) => send(text).catch(() => '');
      for (const text of ['\n', `${'0'.repeat(48)}\n`, `POST / HTTP/1.1\r\nHost: 127.0.0.1:${door}\r\n\r\n`, `${'x'.repeat(10_000)}`]) {
        assert.equal(await said(text), '', text.slice(0, 10));
      }
    },
  },
  {
    what: {
      en: 'a compressed body, and one that expands without end (gzip bomb)',
      es: 'un cuerpo comprimido, y uno que se expande sin fin (bomba gzip)',
    },
    outcome: {
      en: 'bodies are never expanded; EXPAND BLOB gives up at 256 MB',
      es: 'los cuerpos nunca se expanden; EXPAND BLOB abandona a los 256 MB',
    },
    try: async ({ ask }) => {
      const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024), { level: 1 });
      assert.equal(body(await ask('POST /4DACTION/size', ['Content-Encoding: gzip'], bomb)), String(bomb.length));
      assert.equal(body(await ask('POST /4DACTION/expand', [], bomb)), '0');
    },
  },
  {
    what: {
      en: 'a text that makes a pattern of `HTTPHandlers.json` try for ever (ReDoS): `/(a+)+$`',
      es: 'un texto que hace que un patrón de `HTTPHandlers.json` pruebe sin fin (ReDoS): `/(a+)+$`',
    },
    outcome: {
      en: 'compared in linear time after a while (not with look-around or back references)',
      es: 'al cabo de un rato se compara en tiempo lineal (no con búsquedas alrededor ni referencias atrás)',
    },
    try: async (target) => {
      assert.equal(status(await target.ask(`GET /${'a'.repeat(3_000)}!`)), 404);
      await alive(target);
    },
  },
  {
    what: {
      en: 'code that loops for ever, calls itself for ever, or takes all memory; headers, workers and processes without end',
      es: 'código que itera sin fin, se llama a sí mismo sin fin o toma toda la memoria; cabeceras, workers y procesos sin fin',
    },
    outcome: { en: 'others go on; errors of 4D end the call', es: 'los demás siguen; errores de 4D terminan la llamada' },
    try: async (target) => {
      const loop = connect(target.port, '127.0.0.1', () => loop.write('GET /4DACTION/loop HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'));
      await alive(target);
      for (const method of ['deep', 'grow', 'double', 'longArray', 'headers', 'workers'])
        assert.equal(status(await target.ask(`GET /4DACTION/${method}`)), 500, method);
      await alive(target);
      loop.destroy();
    },
  },
];
