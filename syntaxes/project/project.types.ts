import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { SessionModeAnswer, SettingsAttribute, SourceFile, StructureCatalog } from './types.js';

/** A settings file that was read, lowest priority first in `Project.settings` (facts: `web-sessions`, section 12.4). */
export interface SettingsFile {
  readonly path: string;
  readonly level: 'structure' | 'user' | 'data';
  readonly text: string;
  readonly attributes: readonly SettingsAttribute[];
}

/** What a folder says about a 4D project, read from a listing and a few small files: no method is opened. */
export interface Project {
  /** Folder that holds `Project`, as the file system names it; or what is in it, where only that is kept. */
  readonly root: string;
  /** Folder of the sources below the root: `Project/Sources`, or `Sources`. */
  readonly sources: string;
  /** Name of the application: the `.4DProject` file without its extension. */
  readonly name: string;
  readonly projectFile: string;
  readonly files: readonly SourceFile[];
  readonly structure: StructureCatalog;
  readonly settings: readonly SettingsFile[];
  /** False when the project file says `"tokenizedText": false`. */
  readonly tokenized: boolean;
  /** `compatibilityVersion` of the project file, when present. */
  readonly compatibilityVersion?: number;
  /** Web folder relative to the root, `WebFolder` unless settings say otherwise. */
  readonly webFolder: string;
  /** It has components, plug-ins or dependencies: methods and commands that no file of its own shows. */
  readonly hasForeignCode: boolean;
  methodByName(name: string): SourceFile | undefined;
  classByName(name: string): SourceFile | undefined;
  /** By file name without extension: `onWebConnection`. */
  databaseMethod(name: string): SourceFile | undefined;
  fileByPath(path: string): SourceFile | undefined;
  /** From the settings alone, without the code. */
  sessionMode(block: 'standalone_server' | 'remote'): SessionModeAnswer;
  /** What could not be read, and why: broken XML, a project file that is no JSON. */
  readonly problems: readonly ProjectProblem[];
}

export interface ProjectProblem {
  readonly path: string;
  /** Into the text of the file, in UTF-16 units, where the problem has a place. */
  readonly offset?: number;
  readonly message: Bilingual;
}
