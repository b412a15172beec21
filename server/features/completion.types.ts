import type { CompletionItemKind } from 'vscode-languageserver';

export interface CompletionOptions {
  /** Names are written with their tokens: as the project does, always, or never. */
  readonly tokens: 'auto' | 'always' | 'never';
  readonly deprecatedTags: boolean;
  /** The client takes snippets, and has none of its own for blocks. */
  readonly snippets?: boolean;
  /** The character that asked, when the user did not. */
  readonly trigger?: string;
}

/** What `resolve` needs to find the documentation of an item. */
export interface CompletionData {
  readonly uri: string;
  readonly kind: 'command' | 'constant' | 'method' | 'member';
  /** A name; for methods a path, for members the class and the name with a blank between them. */
  readonly id: string;
}

/** A choice before it knows what it replaces. Lower `rank` comes first. */
export interface Choice {
  readonly label: string;
  readonly text: string;
  readonly kind: CompletionItemKind;
  readonly rank: number;
  readonly detail?: string;
  readonly deprecated?: boolean;
  /** `text` is in LSP's snippet syntax. */
  readonly snippet?: boolean;
  readonly data?: Omit<CompletionData, 'uri'>;
}
