export { run, asProcess, type Running } from './run';
export { type AppModule, type ContextDefinition, type Migration } from './context';
export { keysIn, readSettings, BadConfiguration, type Settings } from './config';
export { kafkaSecurity, redisTls, type KafkaSecurity, type RedisTls } from './in-transit';
export { Databases, migrate } from './database';
export { failpoint, failpoints, type Failpoint } from './failpoint';
export { provision, type Provisioned } from './provision';
export { localSecrets } from './secrets';
export { SETTINGS, LOGGER, PROCESS, type ProcessInfo } from './platform.module';
export { count, Metrics, type Sample } from './observing/metrics';
export { begin, inSpan, isTracing, traceHeaders, traceparent } from './observing/tracing';
export { AT_ONCE_MS, Sweep } from './sweep';
export { isConnectionLoss } from './connection-loss';
export { Lifecycle, type Part } from './lifecycle';
export { expectVersion, expectVersionIfSent } from './expected-version';
export { type Actor, type Call, systemCall, correlationFrom } from './actor';
export { ContextController, Calling, Id, Authenticators, type Authenticator } from './gatekeeper';
export { Open, OPEN } from './health';
export { Describe, DESCRIBED, type Described } from './describe';
export { openApi } from './openapi';
export { asyncApi } from './asyncapi';
export { schemasOf } from './schemas';
export { type Request, correlationOf, statusOf } from './http';
export { CLIENT_ISSUER, clientSubject, Tokens, serviceActorId, serviceClientId, type Claims } from './tokens';
export { firstThatOpens, KeyBox, type Keys } from './key-box';
export { Peers } from './peers';
export { fetchAgain, fetchJson } from './fetch-json';
export { csvLine } from './csv';
export { valid, fieldProblems } from './validation';
export {
  isCivilDate,
  isNhsNumber,
  IsCivilDate,
  IsCivilDay,
  IsNhsNumber,
  Narrative,
  PartOf,
  PartsOf,
  PHONE,
  POSTCODE,
  Text,
  Texts,
  Words,
} from './field-rules';
export { COUNTED, countOf, Paging, type Count, type Page, type SortKey, type Sorting } from './paging';
export { linesOf } from './held-lines';
export { safeHtml } from './safe-html';
export { taggedPdf, type PdfAbout, type PdfBar, type PdfWriter } from './tagged-pdf';
export { zipOf, type Written, type ZipEntry } from './zip-stream';
export { kindOf, type FileKind } from './files/content-type';
export { digestOf, Keeping } from './files/keeping';
export { receiveBytes, Received } from './files/received';
export { type Scan } from './files/scanner';
export { signed as signedS3, type S3Keys } from './files/s3-signature';
export { packFolder } from './pack-folder';
export { conforming } from './compiled-rules';
export { unreadable } from './readable';
export { createLogger } from './logging';
export { Ephemeral, type Hits } from './ephemeral/ephemeral';
export { openEphemeral } from './ephemeral/open';
export { News, type Change } from './ephemeral/news';
export { runAs, startEmbeddedPostgres } from './embedded-postgres';
export { seal, sealBytes, unseal } from './backup/age';
export { isRecipient, newBackupKey } from './backup/age-keys';
export {
  Problem,
  SignInAgain,
  Unauthenticated,
  NotFound,
  Forbidden,
  Conflict,
  IllegalTransition,
  Invalid,
  RuleBroken,
  TooMany,
  Unavailable,
  Unreadable,
  type FieldProblem,
  type ProblemDetails,
} from './errors';
