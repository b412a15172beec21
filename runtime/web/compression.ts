/** Compressed answers (facts: web-sessions §5.2: Web HTTP compression level and threshold). */
import type { HttpRequest, HttpResponse } from './http.js';
import { headerOf } from './request.js';

const compressible = /^(text\/|application\/(json|javascript|xml|xhtml\+xml)|image\/svg\+xml)/i;

/** The coding a client takes that the simulator knows; undefined for none. */
export function codingFor(accepted: string | undefined): 'gzip' | 'deflate' | undefined {
  const weights = new Map<string, number>();
  for (const part of (accepted ?? '').toLowerCase().split(',')) {
    const [name, ...rest] = part.split(';').map((piece) => piece.trim());
    const weight = rest.find((piece) => piece.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  return (['gzip', 'deflate'] as const).find((coding) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0);
}

/** The answer with its body compressed, where the client takes it and it is large enough; else the answer itself. */
export async function compressed(response: HttpResponse, http: HttpRequest, threshold: number): Promise<HttpResponse> {
  const type = headerOf(response, 'Content-Type') ?? '';
  const coding = codingFor(headerOf(http, 'Accept-Encoding'));
  const plain = response.status === 200 && headerOf(response, 'Content-Encoding') === undefined;
  if (!coding || !plain || response.body.length < threshold || response.body.length === 0 || !compressible.test(type)) return response;
  const stream = new Blob([response.body as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream(coding));
  const body = new Uint8Array(await new Response(stream).arrayBuffer());
  const headers = response.headers.map(([name, value]): [string, string] => {
    const key = name.toLowerCase();
    // The compressed form is another representation: a strong validator would be wrong.
    if (key === 'etag' && !value.startsWith('W/')) return [name, `W/${value}`];
    return [name, key === 'content-length' ? String(body.length) : value];
  });
  return {
    status: response.status,
    headers: [
      ...headers.filter(([name]) => name.toLowerCase() !== 'accept-ranges'),
      ['Content-Encoding', coding],
      ['Vary', 'Accept-Encoding'],
    ],
    body,
  };
}
