import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Bilingual } from '#syntaxes/text/bilingual.js';

/** An answer without a body. */
type Nothing = ReturnType<() => void>;

/** Arguments and answer of each request of the Debug Adapter Protocol that is served. */
export interface Requests {
  initialize: [P.InitializeRequestArguments, P.Capabilities];
  launch: [unknown, Nothing];
  attach: [unknown, Nothing];
  restart: [P.RestartArguments | undefined, Nothing];
  configurationDone: [unknown, Nothing];
  terminate: [P.TerminateArguments | undefined, Nothing];
  disconnect: [P.DisconnectArguments | undefined, Nothing];
  setBreakpoints: [P.SetBreakpointsArguments, P.SetBreakpointsResponse['body']];
  setFunctionBreakpoints: [P.SetFunctionBreakpointsArguments, P.SetFunctionBreakpointsResponse['body']];
  setExceptionBreakpoints: [P.SetExceptionBreakpointsArguments, P.SetExceptionBreakpointsResponse['body']];
  breakpointLocations: [P.BreakpointLocationsArguments, P.BreakpointLocationsResponse['body']];
  dataBreakpointInfo: [P.DataBreakpointInfoArguments, P.DataBreakpointInfoResponse['body']];
  setDataBreakpoints: [P.SetDataBreakpointsArguments, P.SetDataBreakpointsResponse['body']];
  threads: [unknown, P.ThreadsResponse['body']];
  terminateThreads: [P.TerminateThreadsArguments, Nothing];
  stackTrace: [P.StackTraceArguments, P.StackTraceResponse['body']];
  scopes: [P.ScopesArguments, P.ScopesResponse['body']];
  variables: [P.VariablesArguments, P.VariablesResponse['body']];
  setVariable: [P.SetVariableArguments, P.SetVariableResponse['body']];
  setExpression: [P.SetExpressionArguments, P.SetExpressionResponse['body']];
  evaluate: [P.EvaluateArguments, P.EvaluateResponse['body']];
  cancel: [P.CancelArguments | undefined, Nothing];
  completions: [P.CompletionsArguments, P.CompletionsResponse['body']];
  continue: [P.ContinueArguments, P.ContinueResponse['body']];
  next: [P.NextArguments, Nothing];
  stepIn: [P.StepInArguments, Nothing];
  stepOut: [P.StepOutArguments, Nothing];
  stepInTargets: [P.StepInTargetsArguments, P.StepInTargetsResponse['body']];
  stepBack: [P.StepBackArguments, Nothing];
  reverseContinue: [P.ReverseContinueArguments, Nothing];
  restartFrame: [P.RestartFrameArguments, Nothing];
  gotoTargets: [P.GotoTargetsArguments, P.GotoTargetsResponse['body']];
  goto: [P.GotoArguments, Nothing];
  pause: [P.PauseArguments, Nothing];
  exceptionInfo: [P.ExceptionInfoArguments, P.ExceptionInfoResponse['body']];
  loadedSources: [unknown, P.LoadedSourcesResponse['body']];
  source: [P.SourceArguments, P.SourceResponse['body']];
}

type Answer<T> = T | Promise<T>;

/** Functions that serve requests, each with the number of the request: each room of the debugger has some, the session puts them together. */
export type Handlers = { readonly [C in keyof Requests]?: (args: Requests[C][0], request: number) => Answer<Requests[C][1]> };
/** Requests of our own (`docs/protocol.md`), by name. */
export type CustomHandlers = Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => Answer<unknown>>>;

/** A request that cannot be done, with the reason for the user. */
export class Refusal extends Error {
  readonly values: readonly (string | number)[];

  constructor(
    readonly text: Bilingual,
    ...values: readonly (string | number)[]
  ) {
    super(text.en);
    this.values = values;
  }
}

/** A request that the client itself has cancelled. */
export class Cancelled extends Refusal {}
