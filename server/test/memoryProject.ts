/** A 4D project in memory, for tests of rules and migration. */
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { Snapshot } from '../analysis/snapshot.js';
import { LoadedProject } from '../connection/projects.js';
import { check, type RuleSettings } from '../rules/rules.js';

export type SessionsSetting = 'legacy' | 'scalable' | 'none';

const modes: Readonly<Record<SessionsSetting, string>> = { scalable: '1', none: '2', legacy: '3' };

/** A settings file as 4D writes it; undefined: a mode that nothing decides. */
export function settingsXml(mode: SessionsSetting | undefined, more = ''): string {
  const attribute = mode === undefined ? '' : ` session_mode="${modes[mode]}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<preferences stamp="2">
	<com.4d>
		<web>
			<standalone_server>
				<configuration port_number="8080"${attribute}${more}/>
			</standalone_server>
		</web>
	</com.4d>
</preferences>
`;
}

/** Opens and indexes a project of the given files (paths below its root). `sources` wins over the settings file of the mode. */
export async function memoryProject(mode: SessionsSetting | undefined, sources: Readonly<Record<string, string>>): Promise<LoadedProject> {
  const files: Record<string, string> = {
    'Project/Shop.4DProject': '{"compatibilityVersion": 2100}',
    'Project/Sources/settings.4DSettings': settingsXml(mode),
    ...sources,
  };
  const failures: unknown[] = [];
  const project = new LoadedProject(
    '/shop',
    memoryFileSystem(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/shop/${path}`, text]))),
    defaultCatalogue(),
    { now: () => 0, pause: async () => undefined },
    'utf-16',
    { changed() {}, modeChanged() {}, failed: (_, error) => void failures.push(error) },
  );
  await project.indexAll();
  if (failures.length > 0) throw failures[0];
  return project;
}

/** A file of the project as features see it; `text` in place of what the file holds. */
export async function snapshotOf(project: LoadedProject, path: string, text?: string): Promise<Snapshot> {
  return new Snapshot({
    uri: project.uriOf(path),
    version: 1,
    text: text ?? (await project.readText(path)) ?? '',
    catalogue: project.catalogue,
    view: project,
    source: project.project.fileByPath(path),
  });
}

/** What all rules report about a file of the project. */
export async function problemsOf(project: LoadedProject, path: string, settings: RuleSettings = {}) {
  return check(await snapshotOf(project, path), settings);
}

/** A text with edits done; edits may come in any order and must not overlap. */
export function applyEdits(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}
