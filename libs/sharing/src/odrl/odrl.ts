import { endOfDay, startOfDay } from '@concordat/clocks';
import type { Agreement, Flow, Party, RetentionRule } from '../agreement';
import { contentHashOf } from '../content-hash';

/** A node of JSON-LD, in the names of the ODRL 2.2 context. */
export type OdrlNode = Readonly<Record<string, unknown>>;

/** An agreement as a policy of ODRL 2.2 (W3C Recommendation, Information Model and Vocabulary), for software that speaks that. */
export interface OdrlPolicy extends OdrlNode {
  readonly permission: readonly OdrlNode[];
  readonly prohibition: readonly OdrlNode[];
  readonly obligation: readonly OdrlNode[];
}

const OURS = 'urn:concordat:';
const iri = (kind: string, name: string): string => `${OURS}${kind}:${encodeURIComponent(name)}`;
const org = (orgId: string): string => iri('organisation', orgId);

/** Actions of the ODRL vocabulary for the codes of ours that mean the same; any other is a term of our profile. */
const ACTIONS: Readonly<Record<string, string>> = { READ: 'read' };
const actionOf = (code: string): string => ACTIONS[code] ?? iri('action', code);
const KEPT: Readonly<Record<RetentionRule['action'], string>> = {
  DELETE: 'delete',
  ARCHIVE: 'archive',
  REVIEW: iri('action', 'REVIEW'),
};

const constraint = (leftOperand: string, operator: string, rightOperand: unknown): OdrlNode => ({
  ...{ leftOperand, operator, rightOperand },
});
const typed = (type: string, value: string | number): OdrlNode => ({ '@value': String(value), '@type': `xsd:${type}` });
const nodes = (iris: readonly string[]) => iris.map((id) => ({ '@id': id }));

/**
 * odrlOf writes an agreement's terms as an ODRL policy: who may do what with which kinds of information for which purpose, what is
 * prohibited, and what whoever receives it must do. It names organisations and never people, and says no more than the terms: whether
 * something may be shared is decided by their rules, of which a policy holds the flows, uses, restrictions and duties. Signatures and
 * status are no terms; `concordat:contentHash` names what was signed. Pure.
 */
export function odrlOf(agreement: Agreement): OdrlPolicy {
  const { id, version, title, parentId, restrictions, parties, dataItems } = agreement;
  const flows = agreement.flows.flatMap((flow) => rulesOf(agreement, flow));
  return {
    '@context': [
      'http://www.w3.org/ns/odrl.jsonld',
      { concordat: `${OURS}term:`, dc: 'http://purl.org/dc/terms/', xsd: 'http://www.w3.org/2001/XMLSchema#' },
    ],
    '@type': 'Agreement',
    uid: iri('agreement', `${id}@${version}`),
    profile: iri('odrl-profile', '1'),
    'dc:title': title,
    'concordat:contentHash': `sha256:${contentHashOf(agreement)}`,
    'concordat:jurisdiction': agreement.jurisdiction,
    ...(parentId ? { 'concordat:parent': { '@id': iri('agreement', parentId) } } : {}),
    permission: flows.filter((rule) => rule.permits).map(({ node }) => node),
    prohibition: [
      ...flows.filter((rule) => !rule.permits).map(({ node }) => node),
      ...restrictions.map(({ code, action, items, to, absolute }) => ({
        uid: iri('rule', `${id}@${version}/restriction/${code}`),
        target: nodes((items ?? dataItems.map((item) => item.code)).map((item) => iri('item', item))),
        action: actionOf(action),
        assignee: nodes(named(parties, to ?? parties.map((p) => p.orgId)).map((p) => org(p.orgId))),
        'concordat:absolute': absolute,
      })),
    ],
    obligation: breachDuties(agreement),
  };
}

interface Rule {
  readonly permits: boolean;
  readonly node: OdrlNode;
}

/** What one flow lets each sender's recipients do, and what it says of passing it on. Items that need a fact stand by themselves. */
function rulesOf(agreement: Agreement, flow: Flow): Rule[] {
  const { id, version, parties, dataItems, permittedUses } = agreement;
  const items = dataItems.filter((item) => flow.items.includes(item.code));
  const facts = [...new Set(items.map((item) => item.condition))];
  return named(parties, flow.from).flatMap((sender) => {
    const to = named(parties, flow.to).filter((p) => p.orgId !== sender.orgId);
    if (to.length === 0) return [];
    return facts.flatMap((fact): Rule[] => {
      const of = items.filter((item) => item.condition === fact);
      const name = `${id}@${version}/${flow.id}/${sender.orgId}${fact ? `/${fact}` : ''}`;
      const about = {
        target: nodes(of.map((item) => iri('item', item.code))),
        assigner: { '@id': org(sender.orgId) },
        assignee: nodes(to.map((p) => org(p.orgId))),
      };
      const use = {
        ...{ uid: iri('rule', name), ...about, action: permittedUses.map(actionOf) },
        constraint: constraintsOf(agreement, flow, fact),
        duty: retentionDuties(agreement, new Set(of.map((item) => item.category)), to),
        'concordat:flow': flow.id,
      };
      return [{ permits: true, node: use }, onward(flow, parties, { name, about, sender })];
    });
  });
}

function constraintsOf({ effectiveFrom, expiresOn }: Agreement, flow: Flow, fact: string | undefined): OdrlNode[] {
  return [
    constraint('purpose', 'eq', { '@id': iri('purpose', flow.purpose) }),
    constraint('dateTime', 'gteq', typed('dateTime', startOfDay(effectiveFrom).toISOString())),
    constraint('dateTime', 'lteq', typed('dateTime', endOfDay(expiresOn).toISOString())),
    constraint('deliveryChannel', 'isAnyOf', nodes(flow.methods.map((method) => iri('method', method)))),
    constraint(iri('operand', 'recipients'), 'lteq', typed('integer', flow.maxRecipients)),
    constraint(iri('operand', 'classification'), 'lteq', { '@id': iri('classification', flow.classification) }),
    ...(flow.outsideMeetingAllowed
      ? []
      : [constraint(iri('operand', 'setting'), 'eq', { '@id': iri('setting', 'MEETING') })]),
    ...(fact ? [constraint(iri('fact', fact), 'eq', typed('boolean', 'true'))] : []),
  ];
}

/** Passing it on: prohibited, with the consent of where it came from, or to those who are listed. */
function onward(
  { onward, onwardTo = [] }: Flow,
  parties: readonly Party[],
  of: { readonly name: string; readonly about: OdrlNode; readonly sender: Party },
): Rule {
  const rule = { uid: iri('rule', `${of.name}/onward`), ...of.about, action: 'distribute' };
  if (onward === 'PROHIBITED') return { permits: false, node: rule };
  if (onward === 'LISTED')
    return {
      permits: true,
      node: {
        ...rule,
        constraint: [constraint('recipient', 'isAnyOf', nodes(named(parties, onwardTo).map((p) => org(p.orgId))))],
      },
    };
  const consent = { action: 'obtainConsent', consentedParty: { '@id': org(of.sender.orgId) } };
  return { permits: true, node: { ...rule, duty: [consent] } };
}

/** How long whoever receives it keeps it, by the rules for its categories and for them. */
function retentionDuties(
  { retention, parties }: Agreement,
  categories: ReadonlySet<string>,
  to: readonly Party[],
): OdrlNode[] {
  return retention
    .filter((rule) => !rule.categories || rule.categories.some((category) => categories.has(category)))
    .flatMap((rule) => {
      const keepers = rule.partyOverride ? named(parties, [rule.partyOverride]).filter((p) => to.includes(p)) : to;
      if (keepers.length === 0) return [];
      return [
        {
          action: KEPT[rule.action],
          assignee: nodes(keepers.map((p) => org(p.orgId))),
          constraint: [constraint('elapsedTime', 'eq', typed('duration', rule.period))],
          'concordat:countedFrom': rule.trigger,
        },
      ];
    });
}

/** What everybody must do when information was lost or seen by somebody who may not. */
function breachDuties({ breach, parties, rights, id, version }: Agreement): OdrlNode[] {
  const all = nodes(parties.map((p) => org(p.orgId)));
  const duty = (name: string, informed: string, hours: number | undefined): OdrlNode[] =>
    hours === undefined
      ? []
      : [
          {
            ...{ uid: iri('rule', `${id}@${version}/${name}`), action: 'inform', assignee: all },
            informedParty: { '@id': informed },
            constraint: [
              constraint('event', 'eq', { '@id': iri('event', 'BREACH') }),
              constraint('elapsedTime', 'lteq', typed('duration', `PT${hours}H`)),
            ],
          },
        ];
  return [
    ...duty('breach/originator', iri('party', 'ORIGINATOR'), breach.notifyOriginatorWithinH),
    ...duty('breach/commissioner', iri('party', 'ICO'), breach.icoWithinH),
    ...(rights.notifyOriginatorBeforeDisclosure
      ? [
          {
            ...{ uid: iri('rule', `${id}@${version}/rights/originator`), action: 'inform', assignee: all },
            informedParty: { '@id': iri('party', 'ORIGINATOR') },
            constraint: [constraint('event', 'eq', { '@id': iri('event', 'SUBJECT_ACCESS_DISCLOSURE') })],
          },
        ]
      : []),
  ];
}

/** Parties by their ids or by what kind of agency they are. */
const named = (parties: readonly Party[], names: readonly string[]): Party[] =>
  parties.filter((p) => names.includes(p.orgId) || names.includes(p.agencyType));
