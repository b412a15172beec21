/** The themes around the web server, for the simulator's list of libraries. */
import { httpClient } from './httpClient.js';
import { httpRequests } from './httpRequest.js';
import { session } from './session.js';
import { webMessages } from './webMessages.js';
import { webRequest } from './webRequest.js';
import { webResponse } from './webResponse.js';
import { webServer } from './webServer.js';
import { webSessions } from './webSessions.js';
import { webTags } from './webTags.js';

export const webThemes = [
  webServer,
  webSessions,
  webRequest,
  webResponse,
  webMessages,
  webTags,
  session,
  httpClient,
  httpRequests,
] as const;
