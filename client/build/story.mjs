// The tutorial's story in the terminal, told by the built `fourd`: it serves the shop, and two customers use it as browsers would.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { traceText } from '../../out/runtime/traceText.js';
import { say } from '../../out/syntaxes/text/bilingual.js';

const steps = [
  {
    client: 'ana',
    url: '/4DACTION/Web_logIn',
    form: 'login=ana&code=4711',
    text: {
      en: 'Ana logs in. Her first request opens a session: a process of its own, a cookie, and COMPILER_WEB runs.',
      es: 'Ana entra. Su primera petición abre una sesión: un proceso propio, una cookie, y se ejecuta COMPILER_WEB.',
    },
    scalable: {
      en: 'Ana logs in. Her request has a process of its own, which ends with it.',
      es: 'Ana entra. Su petición tiene un proceso propio, que termina con ella.',
    },
  },
  {
    client: 'ana',
    url: '/4DACTION/Web_basketAdd',
    form: 'article=3&quantity=1',
    text: {
      en: 'She puts the atlas into her basket. It becomes the current record of her process and stays locked.',
      es: 'Pone el atlas en su cesta. Pasa a ser el registro actual de su proceso y queda bloqueado.',
    },
    scalable: {
      en: 'She wants the atlas, but her log in is forgotten: the variables went with the process before. Back to the log-in page.',
      es: 'Quiere el atlas, pero su entrada se ha olvidado: las variables se fueron con el proceso anterior. Vuelve a la página de entrada.',
    },
  },
  {
    client: 'ana',
    url: '/4DACTION/Web_basket',
    text: {
      en: 'She looks at her basket: no query, the arrays and the record are still there.',
      es: 'Mira su cesta: ninguna consulta, los arrays y el registro siguen ahí.',
    },
    legacyOnly: true,
  },
  {
    client: 'luis',
    url: '/4DACTION/Web_logIn',
    form: 'login=luis&code=0815',
    text: { en: 'Luis logs in with another browser: another session.', es: 'Luis entra con otro navegador: otra sesión.' },
    legacyOnly: true,
  },
  {
    client: 'luis',
    url: '/4DACTION/Web_basketAdd',
    form: 'article=3&quantity=1',
    text: { en: 'He wants the atlas too, but Ana’s session holds it.', es: 'También quiere el atlas, pero lo retiene la sesión de Ana.' },
    legacyOnly: true,
  },
  {
    client: 'ana',
    url: '/4DACTION/Web_logOut',
    text: {
      en: 'Ana logs out: WEB LEGACY CLOSE SESSION closes her session. The close method saves the basket, then lock and variables go, and the cookie expires.',
      es: 'Ana sale: WEB LEGACY CLOSE SESSION cierra su sesión. El método de cierre guarda la cesta, después se van el bloqueo y las variables, y la cookie caduca.',
    },
    scalable: {
      en: 'She logs out: WEB LEGACY CLOSE SESSION is ignored, the close method is never called, the session lives on.',
      es: 'Sale: WEB LEGACY CLOSE SESSION se ignora, el método de cierre no se llama nunca y la sesión sigue viva.',
    },
  },
  {
    client: 'ana',
    old: true,
    url: '/4DACTION/Web_basket',
    text: {
      en: 'Once more with the old cookie: nobody knows it, so there is a new session with empty variables.',
      es: 'Otra vez con la cookie antigua: nadie la conoce, así que hay una sesión nueva con las variables vacías.',
    },
    scalable: {
      en: 'Once more with the same cookie: it is still the same session.',
      es: 'Otra vez con la misma cookie: sigue siendo la misma sesión.',
    },
  },
  {
    client: 'luis',
    url: '/4DACTION/Web_basketAdd',
    form: 'article=3&quantity=1',
    text: { en: 'And now Luis gets the atlas.', es: 'Y ahora Luis consigue el atlas.' },
    legacyOnly: true,
  },
];

/**
 * Plays the story and prints it, step by step.
 * @param {string} fourd path of the bundle
 * @param {string} project folder of the shop
 * @param {'legacy' | 'scalable'} mode
 * @param {'en' | 'es'} language
 * @returns {Promise<boolean>} whether every request was answered as the story goes
 */
export async function tell(fourd, project, mode, language) {
  const server = spawn(process.execPath, [fourd, 'serve', project, '--mode', mode, '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((settle) => server.once('exit', settle));
  try {
    const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
    const { value: url } = await lines.next();
    if (!/^http:\/\/127\.0\.0\.1:\d+\/$/.test(url ?? '')) return false;
    await until(
      lines,
      () => {},
      ({ kind }) => kind === 'server-started',
    );
    const cookies = new Map();
    let good = true;
    let number = 0;
    for (const step of steps) {
      if (mode === 'scalable' && step.legacyOnly) continue;
      number++;
      console.log(`\n${number}. ${say((mode === 'scalable' && step.scalable) || step.text, language)}`);
      const answer = send(new URL(step.url, url), step, cookies);
      const show = (event) => {
        // The answer names the cookie again.
        if (event.kind !== 'cookie') console.log(`   ${traceText(event, language)}`);
      };
      await until(lines, show, ({ kind, id }) => kind === 'response' && id === number);
      good &&= (await answer) < 400;
    }
    return good;
  } finally {
    server.stdin.end();
    await ended;
  }
}

async function until(lines, show, last) {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error('fourd serve ended before the story did');
    const event = JSON.parse(value);
    show(event);
    if (last(event)) return;
  }
}

async function send(url, { client, form, old }, cookies) {
  const { now, before } = cookies.get(client) ?? {};
  const cookie = old ? (before ?? now) : now;
  const response = await fetch(url, {
    redirect: 'manual',
    method: form ? 'POST' : 'GET',
    headers: { ...(cookie && { Cookie: cookie }), ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }) },
    body: form,
  });
  await response.arrayBuffer();
  for (const set of response.headers.getSetCookie()) {
    const gone = /;\s*Max-Age=0\b/i.test(set);
    cookies.set(client, { now: gone ? undefined : set.split(';')[0], before: cookie });
  }
  return response.status;
}
