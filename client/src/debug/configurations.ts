import * as vscode from 'vscode';
import { projectAround, projectsInWorkspace } from '../files.js';
import type { Host } from '../host.js';
import { debugType, isScenario, languageId } from '../names.js';
import { scenarioConfiguration } from '../scenarios/debug.js';
import { callByUrl, isAboutRequests } from './callByUrl.js';

/** Web database methods answer requests; they cannot run by themselves. */
const answersRequests = (file: vscode.Uri): boolean => /\/DatabaseMethods\/onWeb[^/]*\.4dm$/i.test(file.path);

/** What runs one open method: the method itself, or for a web database method the project's web server. */
export async function runConfiguration(file: vscode.Uri, host: Host): Promise<vscode.DebugConfiguration> {
  const project = await projectAround(file);
  const served = project !== undefined && answersRequests(file);
  return {
    type: debugType,
    request: 'launch',
    name: served ? vscode.l10n.t('4D: serve the project') : vscode.l10n.t('4D: {0}', decodeURIComponent(file.path.split('/').at(-1)!)),
    ...(project && { project: host.pathOf(project) }),
    ...(!served && { program: host.pathOf(file) }),
  };
}

/** Fills in what a launch configuration leaves out: F5 works without `launch.json`. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  constructor(private readonly host: Host) {}

  /** Offered without a `launch.json`: each project of the folder, served. */
  async provideDebugConfigurations(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.DebugConfiguration[]> {
    const projects = (await projectsInWorkspace()).filter((project) => !folder || vscode.workspace.getWorkspaceFolder(project) === folder);
    return projects.map((project) => ({
      type: debugType,
      request: 'launch',
      name: vscode.l10n.t('4D: serve {0}', decodeURIComponent(project.path.split('/').at(-1)!)),
      project: inFolder(project, folder) ?? this.host.pathOf(project),
    }));
  }

  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (configuration.type) return configuration;
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === languageId)
      return (isAboutRequests(document) && (await callByUrl(document, this.host))) || runConfiguration(document.uri, this.host);
    if (document && isScenario(document.uri)) return scenarioConfiguration(document.uri, this.host);
    return (await this.provideDebugConfigurations(folder))[0];
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (configuration.request !== 'launch') return configuration;
    const scenario = this.uriOf(configuration.scenario, folder);
    if (scenario) return { ...configuration, scenario: this.host.pathOf(scenario) };
    const program = this.uriOf(configuration.program, folder);
    const project =
      this.uriOf(configuration.project, folder) ?? (program ? await projectAround(program) : await this.chooseProject(folder));
    if (!project && !program) return undefined;
    return {
      ...configuration,
      ...(project && { project: this.host.pathOf(project) }),
      ...(program && { program: this.host.pathOf(program) }),
      ...(isAbsolute(configuration.records) && { records: this.host.pathOf(this.uriOf(configuration.records, folder)!) }),
    };
  }

  /** The project to serve when none is named; undefined when there is none or the user does not choose. */
  private async chooseProject(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.Uri | undefined> {
    const projects = await projectsInWorkspace();
    const here = projects.filter((project) => !folder || vscode.workspace.getWorkspaceFolder(project) === folder);
    if (here.length === 1) return here[0];
    if (projects.length === 0) {
      await vscode.window.showErrorMessage(
        vscode.l10n.t(
          'There is no 4D project here to run: no folder “Project” with a .4DProject file. Open the folder of a project, or name it as “project” in launch.json.',
        ),
      );
      return undefined;
    }
    const chosen = await vscode.window.showQuickPick(
      projects.map((project) => ({ label: vscode.workspace.asRelativePath(project), project })),
      { placeHolder: vscode.l10n.t('Which project should run?') },
    );
    return chosen?.project;
  }

  /** A path of a launch configuration, which may be relative to the folder, as a URI of the folder's own kind. */
  private uriOf(path: unknown, folder: vscode.WorkspaceFolder | undefined): vscode.Uri | undefined {
    if (typeof path !== 'string' || path === '') return undefined;
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return vscode.Uri.parse(path);
    if (/^(?:[/\\]|[a-z]:[/\\])/i.test(path)) {
      const file = vscode.Uri.file(path);
      return folder && folder.uri.scheme !== 'file' ? folder.uri.with({ path: file.path }) : file;
    }
    return folder && vscode.Uri.joinPath(folder.uri, path);
  }
}

function inFolder(project: vscode.Uri, folder: vscode.WorkspaceFolder | undefined): string | undefined {
  if (!folder) return undefined;
  const below = project.path === folder.uri.path ? '' : `/${vscode.workspace.asRelativePath(project, false)}`;
  return `\${workspaceFolder}${below}`;
}

/** A path that says where it begins; others are relative to the project, which the simulator knows. */
function isAbsolute(path: unknown): boolean {
  return typeof path === 'string' && /^(?:[/\\]|[a-z]:[/\\]|[a-z][a-z0-9+.-]+:\/\/)/i.test(path);
}
