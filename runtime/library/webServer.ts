/** Theme Web Server: the server itself and its options (facts: web-sessions §4, §5, §11). */
import type { NativeCall } from '../machine/types.js';
import { sameData } from '../values/copy.js';
import type { HostValue, ObjectValue, Value } from '../values/value.js';
import type { WebHost } from '../web/host.js';
import { getOption, getProperty, propertyNames, type SettingProblem, setOption, setProperty } from '../web/settings.js';
import { resolveInside } from '../web/webFolder.js';
import type { WebServer } from '../web/webServer.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { isFullPath, relativeTo } from './files/paths.js';
import type { LibraryHost } from './host.js';
import { Theme } from './theme.js';
import { fill } from './webRequest.js';

export const webServer = new Theme<WebHost & LibraryHost>('Web Server: server');

type Call = NativeCall<WebHost & LibraryHost>;

const className = '4D.WebServer';

function object(entries: Readonly<Record<string, Value>>): ObjectValue {
  return { t: 'object', properties: new Map(Object.entries(entries)) };
}

function refuse(problem: SettingProblem | undefined): undefined {
  if (problem) raise(BAD_PARAMETER, problem.what, problem.value);
  return undefined;
}

webServer.command(617, 'WEB START SERVER', (call) => {
  call.host.servers.host.start();
  call.setSystem('OK', 1);
  return undefined;
});

webServer.command(618, 'WEB STOP SERVER', (call) => {
  call.host.servers.host.stop();
  return undefined;
});

webServer.reader(1313, 'WEB Is server running', (call) => call.host.servers.host.state.running !== undefined);

webServer.command(1210, 'WEB SET OPTION', (call) => refuse(setOption(call.host.servers.host, call.integer(0), call.value(1))));

webServer.command(1209, 'WEB GET OPTION', (call) => {
  const value = getOption(call.host.servers.host, call.integer(0));
  if (value === undefined) refuse(setOption(call.host.servers.host, call.integer(0), 0));
  call.set(1, value);
  return undefined;
});

webServer.command(634, 'WEB SET ROOT FOLDER', (call) => {
  const path = call.text(0);
  const { disk } = call.host;
  const folder = disk && isFullPath(path) ? relativeTo(disk.places.project, path) : path;
  if (folder === undefined || resolveInside(folder) === undefined) {
    raise(
      BAD_PARAMETER,
      {
        en: 'The web folder must lie inside the project’s folder; the simulator reads nothing outside it («{0}»).',
        es: 'La carpeta web debe estar dentro de la carpeta del proyecto; el simulador no lee nada fuera de ella («{0}»).',
      },
      path,
    );
  }
  setProperty(call.host.servers.host, 'rootFolder', folder);
  return undefined;
});

webServer.command(658, 'WEB GET STATISTICS', (call) => {
  fill(call.array(0, 'text'), []);
  fill(call.array(1, 'integer'), []);
  call.set(2, 0);
  return undefined;
});

/** Timeouts are seconds here, minutes in the options (facts: web-sessions §4). */
webServer.reader(1531, 'WEB Get server info', (call) => {
  const web = call.host.servers.host;
  const { options, running, startedAt } = web.state;
  const option = (selector: number) => getOption(web, selector);
  const flag = (selector: number) => option(selector) === 1;
  const info: Record<string, Value> = {
    started: running !== undefined,
    uptime: running ? Math.floor((web.now - startedAt) / 1000) : 0,
    httpRequestCount: web.state.requestCount,
    startMode: 'manual',
    SOAPServerStarted: false,
    security: object({
      cipherSuite: '',
      HTTPEnabled: flag(88),
      HTTPSEnabled: flag(89),
      HSTSEnabled: flag(86),
      HSTSMaxAge: option(87),
      minTLSVersion: getProperty(web, 'minTLSVersion'),
      openSSLVersion: '',
      perfectForwardSecrecy: false,
    }),
    options: object({
      CORSEnabled: flag(92),
      CORSSettings: option(93),
      webCharacterSet: 'UTF-8',
      webHTTPCompressionLevel: option(50),
      webHTTPCompressionThreshold: option(51),
      webHTTPSPortID: option(39),
      webInactiveProcessTimeout: options.inactiveProcessTimeout * 60,
      webInactiveSessionTimeout: options.inactiveSessionTimeout * 60,
      webIPAddressToListen: { t: 'collection', items: [option(16)] },
      webMaxConcurrentProcesses: options.maxConcurrentProcesses,
      webPortID: option(15),
    }),
  };
  if (call.has(0) && call.boolean(0))
    info.cache = object({ cacheUsage: 0, numOfLoads: 0, currentSize: 0, maxSize: 0, objectMaxSize: 0, enabled: false });
  return object(info);
});

/** Values of the option: the database's own server, the host's, the one that got the request. */
const [DATABASE, , RECEIVING] = [1, 2, 3];

webServer.reader(1674, 'WEB Server', (call) => {
  const wanted = call.has(0) ? call.integer(0) : DATABASE;
  const { servers, web } = call.host;
  const own = servers.named(call.machine.componentOf(call.process)) ?? servers.host;
  const server = wanted === DATABASE ? own : wanted === RECEIVING ? web : servers.host;
  server.state.listed = true;
  return serverValue(server);
});

// That of a component only once its code has asked for it (facts: web-sessions §4).
webServer.reader(1716, 'WEB Server list', (call) => {
  return { t: 'collection', items: call.host.servers.all.filter(({ state }) => state.listed).map(serverValue) };
});

function serverValue(server: WebServer): HostValue {
  return { t: 'host', className, data: { server: server.parts.component } };
}

/** The server behind a value of `WEB Server`. */
function serverOf(call: Call): WebServer {
  const { data } = call.self as HostValue;
  const { servers } = call.host;
  return servers.named((data as { server?: string }).server) ?? servers.host;
}

/** `start()` and `start(settings)`: what the settings changed is forgotten by `stop()`. */
webServer.member(`${className}.start`, (call) => {
  const web = serverOf(call);
  if (web.state.running) {
    return outcome([
      {
        code: -1,
        text: 'The web server is already running.',
      },
    ]);
  }
  const before = { ...web.state.options, others: new Map(web.state.options.others) };
  const errors: { code: number; text: string }[] = [];
  if (call.has(0)) {
    for (const [name, value] of call.object(0).properties) {
      // Real code gives a server's own properties back to it, read-only ones with them: what stays as it is asks for nothing.
      const problem = sameData(value, getProperty(web, name)) ? undefined : setProperty(web, name, value);
      if (problem) errors.push({ code: BAD_PARAMETER, text: problem.what.en.replace('{0}', problem.value) });
    }
  }
  if (errors.length) {
    Object.assign(web.state.options, before);
    return outcome(errors);
  }
  if (call.has(0)) web.state.before = before;
  web.start();
  return outcome([]);
});

function outcome(errors: readonly { readonly code: number; readonly text: string }[]): Value {
  return object({
    success: errors.length === 0,
    errors: {
      t: 'collection',
      items: errors.map(({ code, text }) => object({ errCode: code, message: text, componentSignature: 'HTTP' })),
    },
  });
}

webServer.member(`${className}.stop`, (call) => {
  serverOf(call).stop();
  return undefined;
});

// `For each` over a web server goes through the names of its properties, and `server[name]` reads one: it is an object.
webServer.property(`${className}.length`, (call) => propertyNames(serverOf(call)).length);
webServer.property(`${className}.[]`, (call) => {
  const index = call.value(0);
  return typeof index === 'string' ? getProperty(serverOf(call), index) : propertyNames(serverOf(call))[call.integer(0)];
});
webServer.member(`${className}.[]=`, (call: Call) => refuse(setProperty(serverOf(call), call.text(0), call.value(call.count() - 1))));

webServer.property(`${className}.*`, (call) => getProperty(serverOf(call), call.member));
webServer.member(`${className}.*=`, (call: Call) => refuse(setProperty(serverOf(call), call.member, call.value(call.count() - 1))));
