import type { Project } from '#syntaxes/project/project.types.js';
import { settingsAttribute } from '#syntaxes/project/settings.js';
import { defaultWebOptions } from '../sessions/options.js';
import type { RunningMode, WebOptions } from '../sessions/types.js';
import type { AuthenticationKind } from '../web/authentication.js';
import type { ModeView, SimulatorOptions } from './types.js';

/** The session mode to start with: forced, or as the settings say; an unknown one runs as scalable, 4D's default. */
export function modeFor(project: Project, wanted: SimulatorOptions['mode']): ModeView {
  const declared = project.sessionMode('standalone_server').value;
  const forced = wanted !== undefined && wanted !== 'project';
  const mode: RunningMode = forced ? wanted : declared === 'unknown' ? 'scalable' : declared;
  return { mode, declared, forced };
}

/** Options of the web server as the settings files give them (facts: web-sessions §12.1). What they do not say is 4D's default. */
export function optionsFor(project: Project, mode: RunningMode): WebOptions {
  const options = defaultWebOptions(mode);
  const number = (element: string, name: string): number | undefined => {
    const value = Number(setting(project, element, name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const limit = number('standalone_server/options/web_processes', 'max_concurrent');
  if (limit) options.maxConcurrentProcesses = Math.min(32_000, Math.max(10, limit));
  const port = number('standalone_server/configuration', 'port_number');
  if (port) options.others.set('HTTPPort', port);
  const securePort = number('standalone_server/configuration', 'https_port_number');
  if (securePort) options.others.set('HTTPSPort', securePort);
  options.others.set('rootFolder', project.webFolder);
  const home = setting(project, 'standalone_server/configuration/hosts/host', 'home_page');
  if (home) options.others.set('defaultHomepage', home);
  return options;
}

/** How the settings ask for passwords (facts: web-sessions §12.1; kind 1 stands beside the option that only BASIC has, so 2 is DIGEST). */
export function authenticationOf(project: Project): AuthenticationKind {
  const kind = setting(project, 'standalone_server/options/web_passwords', 'kind');
  return kind === '1' ? 'basic' : kind === '2' ? 'digest' : 'custom';
}

/** An attribute below `web`, from the settings file of highest priority that has it. */
function setting(project: Project, element: string, name: string): string | undefined {
  for (const file of [...project.settings].reverse()) {
    const found = settingsAttribute(file.attributes, element, name);
    if (found) return found.value;
  }
  return undefined;
}
