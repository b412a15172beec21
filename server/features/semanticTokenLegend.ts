import type { SemanticTokensLegend } from 'vscode-languageserver';

export const types = ['function', 'method', 'variable', 'parameter', 'property', 'class', 'enumMember', 'struct', 'type'] as const;
export const modifiers = ['declaration', 'readonly', 'deprecated', 'modification', 'defaultLibrary', 'static', 'global'] as const;

export type TokenType = (typeof types)[number];
export type Modifier = (typeof modifiers)[number];

/**
 * Commands are `function.defaultLibrary`, constants `enumMember.readonly.defaultLibrary`, project methods `method`, process variables
 * `variable.global`, interprocess ones `variable.global.static`, tables `struct`, fields `property`.
 */
export const legend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };
