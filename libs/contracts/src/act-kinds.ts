import { actions, permissions, type Action } from './permissions';

/**
 * What an auditor asks of a trail: who read, changed, disclosed, searched, exported, was refused, or broke the glass. Every
 * action that concerns data is of one of these; `refused` is an outcome, and cuts across the others.
 */
export const actKinds = ['read', 'changed', 'disclosed', 'searched', 'exported', 'refused', 'broke-the-glass'] as const;
export type ActKind = (typeof actKinds)[number];
type Doing = Exclude<ActKind, 'refused'>;

/** Where the operation in the table of permissions does not say it: looking for somebody, taking a copy out, emergencies. */
const SAID: Readonly<Partial<Record<Action, Doing | null>>> = {
  'referral.search': 'searched',
  'chronology.search': 'searched',
  'record.search': 'searched',
  'person.match': 'searched',
  'access-request.find-person': 'searched',
  'chronology.export': 'exported',
  'recommendation.export': 'exported',
  'trail.export': 'exported',
  'review.export-chronology': 'exported',
  'access-request.download': 'exported',
  'agreement.take-copy': 'exported',
  'insight.export': 'exported',
  'minutes-paper.request': 'exported',
  'minutes-paper.download': 'exported',
  'quarterly-pack.request': 'exported',
  'quarterly-pack.download': 'exported',
  'export.request': 'exported',
  'export.as-json': 'exported',
  'export.cases': 'exported',
  'export.people': 'exported',
  'export.download': 'exported',
  'referral.accept': 'read',
  'agreement.list': 'read',
  'agreement.view': 'read',
  'glass.break': 'broke-the-glass',
  'glass.report-attempt': 'broke-the-glass',
};

/** Of which kind an action is; null for what the system does of itself, and for signing in and out. */
export function kindOfAction(action: Action): Doing | null {
  const said = SAID[action];
  if (said !== undefined) return said;
  const { op } = permissions[action];
  if (op === 'SYSTEM') return null;
  if (op === 'CONSULTATION') return 'read';
  return op === 'DISCLOSURE' ? 'disclosed' : 'changed';
}

/**
 * The actions by which those who work on a record come to see it: what its access log shows (AUD-6). What those who oversee look
 * into is not among them: a log that told it would warn whoever is looked into.
 */
export const actionsOfAccess: readonly Action[] = actions.filter((action) => {
  const { who } = permissions[action];
  const kind = kindOfAction(action);
  return kind !== null && kind !== 'changed' && permissions['case.view'].who.some((w) => who.includes(w));
});

/** The actions of a kind; all of them for `refused`, which any action can be. */
export const actionsOfKind = (kind: ActKind): readonly Action[] =>
  kind === 'refused' ? actions : actions.filter((action) => kindOfAction(action) === kind);
