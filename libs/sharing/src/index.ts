// The agreement
export { compareVersions } from './agreement';
export type {
  Agreement,
  AgreementEvent,
  BasisLine,
  DataItem,
  Flow,
  MeetingDeclaration,
  Party,
  Purpose,
  Signature,
  Status,
} from './agreement';
export { canonicalTerms, contentHashOf, termsOf } from './content-hash';
export { parseAgreement } from './parse-agreement';
export { fromTemplate, parseTemplate } from './template';
export type { Particulars, Template } from './template';
export { registerProblems } from './register-problems';
export { asDraft, stepsOpen, successorOf, takeStep } from './status';
export type { Step } from './status';
export { compareAgreements } from './comparison';
export type { RowChange, SectionChange, TermChange, TermValue } from './comparison';
export { clockedOf, clockStep, dueKinds, dueNow, hasExpired } from './clocks';
export type { Clocked, Due, DueKind, Leads } from './clocks';
export { checkDrop, columnKinds, quarterOf } from './depersonalised/drop';
export { owedIn } from './depersonalised/owed';
export type {
  DepersonalisedSet,
  DropCheck,
  DropColumn,
  DropFinding,
  DropFindingCode,
  Quarter,
} from './depersonalised/drop';
export { inForceNow } from './in-force-now';
export { pictureOf } from './picture';
export type { Arrow, PictureFilter } from './picture';
export { odrlOf } from './odrl/odrl';
export { draftOf, lossesOf } from './mais/draft';
export type { DraftOfPolicy, NamedParty, Recognise } from './mais/draft';
export { policyOf } from './mais/policy';
export type { SharingPolicy } from './mais/policy';
export { askedOf, requestOf } from './mais/request';
export type { KnownRequest, MaisRequest, PersonAsked } from './mais/request';
export { personInfoAnswer, personInfoAsked } from './mais/person-info';
export { readRecords } from './mais/records';
export type { MaisHappening, MaisIdentifier, ReadRecord, RecordType } from './mais/records';
export { catalogueIdsOf, heard } from './mais/vocabulary';
export type { MaisTable } from './mais/vocabulary';
export { liaisonOf } from './liaison';
export type { LiaisonContact, LiaisonEntry, LiaisonGap, LiaisonRole } from './liaison';
export { Preview } from './preview';
export type { Effect, PastDecision } from './preview';
export { publishedOf } from './published';
export type { PublishedAgreement } from './published';
export { checkAgreement } from './checks/check-agreement';
export type { Finding } from './checks/finding';

// The law, from a pack
export { parseLawTable } from './law';
export type { LawTable } from './law';

// The decision point
export { decide } from './decisions/decide';
export { decideAmong, decideEach, decideOn, NO_AGREEMENT } from './decisions/decide-among';
export type { Found } from './decisions/decide-among';
export { settleAmong } from './decisions/settle-among';
export type { GivenAnswer } from './decisions/settle-among';
export type { Standing } from './decisions/decide';
export type { Decision, Obligation } from './decisions/decision';
export { answered, answers, matterOf } from './decisions/answered';
export type { Answer } from './decisions/answered';
export { explain } from './decisions/explain';
export type { Explanation, Names } from './decisions/explain';
export { ruleOf } from './decisions/reasons';
export type { ReasonCode, Verdict } from './decisions/reasons';
export { Declarations, Register } from './decisions/register';
export { declarationsOf } from './decisions/signatures';
export type { StatementSignature } from './decisions/signatures';
export { parseDecisionRequest } from './decisions/request';
export type { BreakGlass, DecisionRequest, Subject } from './decisions/request';

export { commitPayload, reconcile } from './receipts';
export type { Receipt, Reconciled, ReceiptState } from './receipts';

export { SharingError } from './problem';
export type { Outcome, Problem } from './problem';
