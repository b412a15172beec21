import * as vscode from 'vscode';
import type { Host } from '../host.js';
import { debugType } from '../names.js';
import { ConfigurationProvider } from './configurations.js';
import { registerValues } from './values.js';

/** The debug type: how its configurations are completed and its adapter started. */
export function registerDebugger(host: Host): vscode.Disposable[] {
  const provider = new ConfigurationProvider(host);
  return [
    registerValues(),
    vscode.debug.registerDebugConfigurationProvider(debugType, provider),
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      { provideDebugConfigurations: (folder) => provider.provideDebugConfigurations(folder) },
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, host.debugAdapter),
  ];
}
