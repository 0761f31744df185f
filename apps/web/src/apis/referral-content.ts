/** A referral's content as pages fill it in; the referrals context checks it. All of it may be missing in a draft. */
export interface ReferralContent {
  pathway?: string;
  area?: string;
  urgency?: string;
  referrer?: { relationship?: string; phone?: string; managerSignOff?: { name?: string; at?: string } };
  people?: PersonContent[];
  relationships?: RelationshipContent[];
  safeContact?: SafeContactContent;
  concerns?: ConcernsContent;
  criteria?: Record<string, CriterionContent>;
  fears?: FearsContent;
  consent?: ConsentContent;
  equality?: Record<string, { answer?: string; value?: string }>;
  staffRisk?: { level?: string; detail?: string; visitInPairs?: boolean };
  wishes?: string;
  answers?: Record<string, string>;
}

export interface NameContent {
  given?: string;
  family?: string;
}
export interface PersonContent {
  ref: string;
  /** Given by the referrals context once it is received. */
  id?: string;
  roles: string[];
  name?: NameContent;
  aliases?: (NameContent & { kind?: string })[];
  datesOfBirth?: { value?: string; precision?: string; preferred?: boolean }[];
  ageYears?: number;
  sex?: string;
  gender?: string;
  addresses?: {
    kind?: string;
    lines?: string[];
    postcode?: string;
    from?: string;
    to?: string;
    confidential?: boolean;
  }[];
  phones?: string[];
  nhsNumber?: string;
  policeReference?: string;
  housingReference?: string;
  /** Of a person in a case, in the place of the three numbers. */
  identifiers?: { kind: string; value: string }[];
  languages?: string[];
  interpreter?: string;
  communicationNeeds?: string;
  occupation?: string;
  school?: string;
  gp?: string;
  dueDate?: string;
}
export interface RelationshipContent {
  from?: string;
  to?: string;
  kind?: string;
}
export interface ContactMethodContent {
  channel?: string;
  value?: string;
  safe?: string;
  messageAllowed?: string;
  withheldNumber?: boolean;
  bestTimes?: string;
  perpetratorAway?: string;
  verifiedOn?: string;
}
export interface SafeContactContent {
  person?: string;
  methods?: ContactMethodContent[];
  language?: string;
  interpreter?: string;
  notes?: string;
}
export interface ConcernsContent {
  summary?: string;
  happened?: { on?: string; precision?: string; what?: string }[];
  evidence?: { kind?: string; reference?: string }[];
  crimeNumber?: string;
}
export interface CriterionContent {
  met?: string;
  evidence?: string;
  instrument?: string;
  count?: number;
  previousReferral?: string;
}
export interface ConfidantContent {
  person?: string;
  name?: string;
  relationship?: string;
}
export interface FearsContent {
  feared?: { person?: string; name?: string; why?: string }[];
  safeConfidants?: ConfidantContent[];
  unsafeConfidants?: ConfidantContent[];
}
export interface ConsentContent {
  asked?: string;
  given?: string;
  conditions?: string;
  aware?: string;
  override?: { ground?: string; reason?: string };
}
