import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import type { RuleFile } from '../rules/ruleFile.js';
import type { Span } from './lines.js';
import type { FileFacts, ProjectIndex } from './projectIndex.js';
import type { ModeAnswer } from './sessionMode.js';

/** A class that a component gives under its name space: its file is named `Mail.Sender`, as behind `cs.`. */
export interface ComponentClass extends Pick<FileFacts, 'members' | 'superclass'> {
  readonly file: SourceFile;
}

/** What features and rules may know of the project around a document. Plain data and look-ups: nothing here reads a file. */
export interface ProjectView {
  readonly project: Project;
  readonly catalogue: Catalogue;
  /** Facts of the files read so far. */
  readonly index: ProjectIndex;
  /** Every source file has been read: what the index lacks, the project lacks. */
  readonly indexed: boolean;
  /** The effective session mode of the host's web server, code that changes it included. */
  readonly mode: ModeAnswer;
  /** Methods that components share with the project, by their folded names; known once it is indexed. */
  readonly sharedMethods: ReadonlyMap<string, SourceFile>;
  /** Classes that components give, by their folded names with name space, `mail.sender`; known once it is indexed. */
  readonly componentClasses: ReadonlyMap<string, ComponentClass>;
  /** Levels that the project's `fourd.json` gives to rules; undefined where there is no such file. */
  readonly ruleFile?: RuleFile;
  /** The URI of a file by its path, relative to the root or absolute. */
  uriOf(path: string): string;
}

/** A place in a file of the project, by its path. */
export interface FilePlace {
  readonly path: string;
  readonly span: Span;
}
