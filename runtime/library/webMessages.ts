/** What HTTP request handlers take and give: 4D.IncomingMessage and 4D.OutgoingMessage (facts: 4D pages API/IncomingMessageClass, API/OutgoingMessageClass). */
import type { NativeCall } from '../machine/types.js';
import { parseJson } from '../values/json.js';
import type { HostValue, Value } from '../values/value.js';
import { emptyDraft, setHeader } from '../web/draft.js';
import { urlEncoded } from '../web/forms.js';
import type { OutgoingMessage } from '../web/handlerResult.js';
import type { WebHost } from '../web/host.js';
import { headerOf, type WebRequest } from '../web/request.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { Theme } from './theme.js';

export const webMessages = new Theme<WebHost>('HTTP request handlers');

type Call = NativeCall<WebHost>;

const incoming = '4D.IncomingMessage';
const outgoing = '4D.OutgoingMessage';

const request = (call: Call): WebRequest => ((call.self as HostValue).data as { request: WebRequest }).request;
const message = (call: Call): OutgoingMessage => (call.self as HostValue).data as OutgoingMessage;
const bodyText = (call: Call): string => new TextDecoder().decode(request(call).http.body);

function object(entries: Iterable<readonly [string, Value]>): Value {
  return { t: 'object', properties: new Map(entries) };
}

webMessages.property(`${incoming}.url`, (call) => request(call).target);
webMessages.property(`${incoming}.verb`, (call) => request(call).method);
webMessages.property(`${incoming}.urlPath`, (call) => ({ t: 'collection', items: request(call).path.split('/').filter(Boolean) }));
webMessages.property(`${incoming}.urlQuery`, (call) => object(urlEncoded(request(call).query)));
/** Names in lower case; several headers of one name are one, as in HTTP. */
webMessages.property(`${incoming}.headers`, (call) => {
  const headers = new Map<string, string>();
  for (const [name, value] of request(call).http.headers) {
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return object(headers);
});
webMessages.property(`${incoming}.getHeader`, (call) => headerOf(request(call).http, call.text(0)) ?? '');
webMessages.property(`${incoming}.getText`, bodyText);
webMessages.property(`${incoming}.getBlob`, (call) => ({ t: 'blob', bytes: request(call).http.body }));
webMessages.property(`${incoming}.getPicture`, (call) => {
  const { http } = request(call);
  const mime = headerOf(http, 'Content-Type') ?? '';
  return /^image\//i.test(mime) ? { t: 'picture', bytes: http.body, mime } : null;
});
webMessages.property(`${incoming}.getJSON`, (call) => {
  try {
    return parseJson(bodyText(call));
  } catch {
    return raise(BAD_PARAMETER, { en: 'The body of the request is no JSON.', es: 'El cuerpo de la petición no es JSON.' });
  }
});

webMessages.member(`${outgoing}.new`, () => {
  const data: OutgoingMessage = { status: 200, headers: new Map(), body: undefined };
  return { t: 'host', className: outgoing, data };
});
webMessages.property(`${outgoing}.status`, (call) => message(call).status);
webMessages.property(`${outgoing}.body`, (call) => message(call).body);
webMessages.property(`${outgoing}.headers`, (call) => object(message(call).headers));
webMessages.member(`${outgoing}.body=`, (call) => setBody(call, call.value(call.count() - 1)));
webMessages.member(`${outgoing}.setBody`, (call) => setBody(call, call.value(0)));
webMessages.member(`${outgoing}.status=`, (call) => setStatus(call, call.integer(call.count() - 1)));
webMessages.member(`${outgoing}.setStatus`, (call) => setStatus(call, call.integer(0)));

function setBody(call: Call, body: Value): undefined {
  message(call).body = body;
}

function setStatus(call: Call, status: number): undefined {
  if (status < 200 || status > 599) {
    raise(BAD_PARAMETER, { en: '{0} is no HTTP status of an answer.', es: '{0} no es un estado HTTP de una respuesta.' }, status);
  }
  message(call).status = status;
}

webMessages.member(`${outgoing}.setHeader`, (call) => {
  const [name, value] = [call.text(0), call.text(1)];
  const problem = setHeader(emptyDraft(), name, value);
  if (problem) raise(BAD_PARAMETER, problem.what, problem.value);
  message(call).headers.set(name, value);
  return undefined;
});
