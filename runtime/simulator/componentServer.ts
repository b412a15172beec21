import { type Component, fileOfComponent } from '#syntaxes/project/components.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import type { Program } from '../machine/types.js';
import { qualified } from '../values/owner.js';
import type { Roles, WebServerParts } from '../web/context.js';
import { WebServer } from '../web/webServer.js';
import { givesResult, publishedMethods } from './program.js';
import { authenticationOf, modeFor, optionsFor } from './settings.js';

type Shared = Pick<WebServerParts, 'numbers' | 'machine' | 'trace' | 'choices' | 'folderAt' | 'releaseRecords' | 'hold' | 'wake'>;

/**
 * The web server of a component: its own settings, web folder, database methods and sessions (facts: web-sessions §7, §11, §12.5).
 * `folderAt` takes paths relative to the host's root.
 */
export function componentServer(component: Component, program: Program, roles: Roles, shared: Shared): WebServer {
  const { name, folder } = component;
  const project = asOfHost(component);
  const method = publishedMethods(project, program);
  return new WebServer({
    ...shared,
    component: name,
    project,
    trace: (event) => shared.trace({ ...event, server: name }),
    folderAt: (relative) => shared.folderAt(`${folder}/${relative}`),
    routing: {
      method(asked) {
        const found = method(asked);
        return found && { ...found, name: qualified(name, found.name) };
      },
    },
    roles,
    handlers: [],
    authentication: authenticationOf(project),
    authenticationAnswers: givesResult(program.text(project.databaseMethod('onWebAuthentication')?.path ?? '') ?? ''),
    options: optionsFor(project, modeFor(project, 'project').mode),
  });
}

/** The component's project with the paths of its files as the host has them. */
function asOfHost(component: Component): Project {
  const own = (file: SourceFile | undefined): SourceFile | undefined => file && fileOfComponent(component, file);
  const { project } = component;
  const changed: Partial<Project> = {
    methodByName: (name) => own(project.methodByName(name)),
    classByName: (name) => own(project.classByName(name)),
    databaseMethod: (name) => own(project.databaseMethod(name)),
  };
  return Object.assign(Object.create(project) as Project, changed);
}
