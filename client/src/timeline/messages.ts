/** What the timeline's page and the extension say to each other. */
import type { RowGroup, TimelineRow } from './model.js';

export type ToPage =
  /** Begins anew: another simulator, or none yet. */
  { readonly kind: 'begin'; readonly title: string } | { readonly kind: 'rows'; readonly rows: readonly TimelineRow[] };

export type FromPage = { readonly kind: 'ready' } | { readonly kind: 'open'; readonly index: number } | { readonly kind: 'start' };

/** The page's own texts, in the language of the editor. */
export interface Words {
  readonly list: string;
  readonly empty: string;
  readonly start: string;
  readonly filter: string;
  readonly groups: Readonly<Record<RowGroup, string>>;
  /** `{0}` of `{1}` rows. */
  readonly shown: string;
  readonly later: string;
  readonly opens: string;
  readonly keys: string;
}
