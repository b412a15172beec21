/** Every operation of the language service. Each takes a snapshot and gives LSP values; none knows of a connection. */

export { type CallData, incomingCalls, outgoingCalls, prepareCallHierarchy } from './callHierarchy.js';
export { codeActions, safeFixes } from './codeActions.js';
export { type CodeLensOptions, codeLenses, type LensData, resolveCodeLens } from './codeLenses.js';
export { completion } from './completion.js';
export type { CompletionData, CompletionOptions } from './completion.types.js';
export { completionDocumentation } from './completionDocumentation.js';
export type { FeatureContext } from './context.js';
export { definition } from './definition.js';
export { describeMethod } from './describeSource.js';
export { diagnostics, problems } from './diagnostics.js';
export { documentLinks } from './documentLinks.js';
export { documentSymbols, flatSymbols } from './documentSymbols.js';
export { foldingRanges } from './folding.js';
export { formatting, formattingOnType } from './formatting.js';
export { commandText, hover } from './hover.js';
export { type InlayHintOptions, inlayHints } from './inlayHints.js';
export { inlineValues } from './inlineValues.js';
export { highlights, isLocal, references } from './references.js';
export { prepareRename, type Refused, type Renaming, rename, renameFile } from './rename.js';
export { selectionRange } from './selectionRanges.js';
export { semanticTokens, tokenEdits } from './semanticTokens.js';
export { isSessionName } from './sessionNote.js';
export { signatureHelp } from './signatureHelp.js';
export { typeDefinition } from './typeDefinition.js';
export { prepareTypeHierarchy, subtypes, supertypes } from './typeHierarchy.js';
export { type EditSupport, workspaceEdit } from './workspaceEdit.js';
export { workspaceSymbols } from './workspaceSymbols.js';
