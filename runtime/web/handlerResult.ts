import { stringify } from '../values/json.js';
import type { Value } from '../values/value.js';
import { type ResponseDraft, setHeader } from './draft.js';

/** Data of a `4D.OutgoingMessage`. */
export interface OutgoingMessage {
  status: number;
  readonly headers: Map<string, string>;
  body: Value;
}

/**
 * What an HTTP request handler gave, as the answer of its request. `other`: it was no `4D.OutgoingMessage`, and how it is sent is the
 * simulator's choice.
 */
export function takeHandlerResult(draft: ResponseDraft, value: Value): 'message' | 'other' {
  if (typeof value === 'object' && value !== null && value.t === 'host' && value.className === '4D.OutgoingMessage') {
    const { status, headers, body } = value.data as OutgoingMessage;
    draft.status = status;
    for (const [name, text] of headers) setHeader(draft, name, text);
    draft.content = contentOf(body);
    return 'message';
  }
  if (value !== undefined && value !== null) draft.content = contentOf(value);
  return 'other';
}

function contentOf(value: Value): ResponseDraft['content'] {
  if (typeof value === 'object' && value !== null) {
    if (value.t === 'blob') return { bytes: value.bytes, type: 'application/octet-stream' };
    if (value.t === 'host' && value.className === '4D.Blob') return contentOf({ t: 'blob', ...(value.data as { bytes: Uint8Array }) });
    if (value.t === 'picture') return { bytes: value.bytes, type: value.mime || 'application/octet-stream' };
    return { bytes: new TextEncoder().encode(stringify(value)), type: 'application/json' };
  }
  if (value === undefined || value === null) return { bytes: new Uint8Array(), type: '' };
  const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  return { bytes: new TextEncoder().encode(text), type: 'text/plain' };
}
