import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Client } from './client.js';
import { exceptionFilters } from './exceptions.js';

/** What the debug adapter can do. */
export function capabilities(client: Client): P.Capabilities {
  return {
    supportsConfigurationDoneRequest: true,
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    supportsFunctionBreakpoints: true,
    supportsBreakpointLocationsRequest: true,
    exceptionBreakpointFilters: exceptionFilters(client),
    supportsExceptionFilterOptions: true,
    supportsExceptionInfoRequest: true,
    supportsEvaluateForHovers: true,
    supportsClipboardContext: true,
    supportsValueFormattingOptions: true,
    supportsANSIStyling: true,
    supportsSetVariable: true,
    supportsSetExpression: true,
    supportsDelayedStackTraceLoading: true,
    supportsTerminateRequest: true,
    supportTerminateDebuggee: true,
    supportsTerminateThreadsRequest: true,
    supportsRestartRequest: true,
    supportsStepBack: true,
    supportsDataBreakpoints: true,
    supportsRestartFrame: true,
    supportsGotoTargetsRequest: true,
    supportsStepInTargetsRequest: true,
    supportsSingleThreadExecutionRequests: true,
    supportsLoadedSourcesRequest: true,
    supportsCancelRequest: true,
    supportsCompletionsRequest: true,
    completionTriggerCharacters: ['.', '$'],
  };
}
