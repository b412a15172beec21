/** Every operation of the language service. Each takes a snapshot and gives LSP values; none knows of a connection. */
export { codeActions, safeFixes } from './codeActions.js';
export { completion } from './completion.js';
export type { CompletionData, CompletionOptions } from './completion.types.js';
export type { FeatureContext } from './context.js';
export { definition } from './definition.js';
export { describeMethod } from './describeSource.js';
export { diagnostics, problems } from './diagnostics.js';
export { documentSymbols } from './documentSymbols.js';
export { foldingRanges } from './folding.js';
export { commandText, hover } from './hover.js';
export { highlights, isLocal, references } from './references.js';
export { selectionRange } from './selectionRanges.js';
export { legend, semanticTokens, tokenEdits } from './semanticTokens.js';
export { isSessionName } from './sessionNote.js';
export { signatureHelp } from './signatureHelp.js';
export { workspaceSymbols } from './workspaceSymbols.js';
