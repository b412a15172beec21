import type { SourceFile } from '#syntaxes/project/types.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import type { MethodHeader } from '../analysis/methodHeader.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Pages } from '../documentation/pages.js';

/** What a feature may ask besides its document: who the user is, and other texts through the host. */
export interface FeatureContext {
  /** Language of messages and labels. */
  readonly language: Language;
  /** Languages of the documentation, in the order in which they are shown. */
  readonly documentation: readonly Language[];
  /** The client shows Markdown. */
  readonly markdown: boolean;
  readonly pages: Pages;
  /** How a method of the project is called, remembered as long as its file does not change. */
  header(file: SourceFile): Promise<MethodHeader | undefined>;
  /** Another file of the document's project, by its path in the project. */
  open(path: string): Promise<Snapshot | undefined>;
}
