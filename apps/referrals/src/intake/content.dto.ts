import { referralVocabulary as words } from '@concordat/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import {
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
} from '@concordat/platform';

/*
 * The content of a referral: who is worried about whom, and why. Nothing here is required, because a draft is saved as
 * one goes; what a pathway requires before sending is its pack's to say (content-rules.ts).
 */

const REF = /^[a-z][a-z0-9]{0,15}$/;
const ref = { message: 'This must be the ref of a person, such as p1' };

export class ReferredNameDto {
  @Text(100) given?: string;
  @Text(100) family?: string;
}

export class ReferredAliasDto {
  @Text(100) given?: string;
  @Text(100) family?: string;
  @IsOptional() @IsIn(words.aliasKind) kind?: string;
}

export class ReferredDateOfBirthDto {
  @IsCivilDate() value!: string;
  @IsOptional() @IsIn(words.datePrecision) precision?: string;
  @IsOptional() @IsBoolean() preferred?: boolean;
}

export class ReferredAddressDto {
  @IsOptional() @IsIn(words.addressKind) kind?: string;
  @Texts(6, 100) lines?: string[];
  @IsOptional() @Matches(POSTCODE, { message: 'This must be a full UK postcode' }) postcode?: string;
  @IsOptional() @IsCivilDate() from?: string;
  @IsOptional() @IsCivilDate() to?: string;
  /** Not to be told to anybody outside the triaging agency. */
  @IsOptional() @IsBoolean() confidential?: boolean;
}

/** One person, in as many roles as they have. `ref` names them within this referral. */
export class PersonDto {
  @Matches(REF, ref) ref!: string;
  @IsArray() @ArrayMaxSize(words.personRole.length) @IsIn(words.personRole, { each: true }) roles!: string[];
  @PartOf(() => ReferredNameDto) name?: ReferredNameDto;
  @PartsOf(20, () => ReferredAliasDto) aliases?: ReferredAliasDto[];
  @PartsOf(10, () => ReferredDateOfBirthDto)
  datesOfBirth?: ReferredDateOfBirthDto[];
  @IsOptional() @IsInt() @Min(0) @Max(130) ageYears?: number;
  @IsOptional() @IsIn(words.sex) sex?: string;
  @Text(100) gender?: string;
  @PartsOf(20, () => ReferredAddressDto)
  addresses?: ReferredAddressDto[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(PHONE, { each: true, message: 'This must be a telephone number' })
  phones?: string[];
  @IsOptional() @IsNhsNumber() nhsNumber?: string;
  @Text(50) policeReference?: string;
  @Text(50) housingReference?: string;
  @Texts(20, 60)
  languages?: string[];
  @IsOptional() @IsIn(words.interpreter) interpreter?: string;
  @Text(1_000) communicationNeeds?: string;
  @Text(200) occupation?: string;
  @Text(200) school?: string;
  @Text(200) gp?: string;
  /** When a child is to be born, or the person is to give birth. */
  @IsOptional() @IsCivilDate() dueDate?: string;
}

/** `from` is the `kind` of `to`: the parent, the ex-partner. */
export class RelationshipDto {
  @Matches(REF, ref) from!: string;
  @Matches(REF, ref) to!: string;
  @IsIn(words.relationship) kind!: string;
}

export class ManagerSignOffDto {
  @Text(200) name?: string;
  @IsOptional() @IsCivilDate() at?: string;
}

export class ReferrerDto {
  @Text(200) relationship?: string;
  @Text(50) phone?: string;
  @PartOf(() => ManagerSignOffDto) managerSignOff?: ManagerSignOffDto;
}

/** One way to reach somebody. Anything but `safe: yes` means that nobody uses it (domain/risk-conferences.md §2.5). */
export class ContactMethodDto {
  @IsIn(words.contactChannel) channel!: string;
  @Text(300) value?: string;
  @IsOptional() @IsIn(words.safe) safe?: string;
  @IsOptional() @IsIn(words.safe) messageAllowed?: string;
  @IsOptional() @IsBoolean() withheldNumber?: boolean;
  @Text(500) bestTimes?: string;
  @Text(500) perpetratorAway?: string;
  @IsOptional() @IsCivilDay() verifiedOn?: string;
}

export class SafeContactDto {
  @IsOptional() @Matches(REF, ref) person?: string;
  @PartsOf(20, () => ContactMethodDto)
  methods?: ContactMethodDto[];
  @Text(100) language?: string;
  @IsOptional() @IsIn(words.interpreter) interpreter?: string;
  @Text(2_000) notes?: string;
}

export class HappenedDto {
  @IsOptional() @IsCivilDate() on?: string;
  @IsOptional() @IsIn(words.datePrecision) precision?: string;
  @Text(2_000) what?: string;
}

export class EvidenceDto {
  @IsOptional() @IsIn(words.evidenceKind) kind?: string;
  @Text(200) reference?: string;
}

export class ConcernsDto {
  @Narrative() summary?: string;
  @PartsOf(100, () => HappenedDto)
  happened?: HappenedDto[];
  @PartsOf(100, () => EvidenceDto)
  evidence?: EvidenceDto[];
  @Text(50) crimeNumber?: string;
}

/** One of four independent routes of referral: its own yes or no, with evidence. */
export class ReferralCriterionDto {
  @IsOptional() @IsIn(words.met) met?: string;
  @Text(4_000) evidence?: string;
  @Text(60) instrument?: string;
  @IsOptional() @IsInt() @Min(0) @Max(1_000) count?: number;
  /** Reference of the earlier referral of a repeat. */
  @Text(40) previousReferral?: string;
}

export class CriteriaDto {
  @PartOf(() => ReferralCriterionDto) visibleHighRisk?: ReferralCriterionDto;
  @PartOf(() => ReferralCriterionDto) professionalJudgement?: ReferralCriterionDto;
  @PartOf(() => ReferralCriterionDto) potentialEscalation?: ReferralCriterionDto;
  @PartOf(() => ReferralCriterionDto) repeat?: ReferralCriterionDto;
}

/** Somebody feared, or to be told nothing, or safe to talk to: a person of this referral or somebody else by name. */
export class FearedDto {
  @IsOptional() @Matches(REF, ref) person?: string;
  @Text(200) name?: string;
  @Text(2_000) why?: string;
}

export class ConfidantDto {
  @IsOptional() @Matches(REF, ref) person?: string;
  @Text(200) name?: string;
  @Text(100) relationship?: string;
}

export class FearsDto {
  @PartsOf(20, () => FearedDto)
  feared?: FearedDto[];
  @PartsOf(20, () => ConfidantDto)
  safeConfidants?: ConfidantDto[];
  @PartsOf(20, () => ConfidantDto)
  unsafeConfidants?: ConfidantDto[];
}

export class OverrideDto {
  @Text(60) ground?: string;
  @Text(4_000) reason?: string;
}

export class ReferralConsentDto {
  @IsOptional() @IsIn(words.consentAsked) asked?: string;
  @IsOptional() @IsIn(words.consentGiven) given?: string;
  @Text(2_000) conditions?: string;
  /** Whether the person knows of this referral. */
  @IsOptional() @IsIn(words.aware) aware?: string;
  @PartOf(() => OverrideDto) override?: OverrideDto;
}

export class EqualityAnswerDto {
  @IsIn(words.equalityAnswer) answer!: string;
  @Text(200) value?: string;
}

/** Equality monitoring: kept apart from the narrative, and never part of a decision. */
export class EqualityDto {
  @PartOf(() => EqualityAnswerDto) ethnicity?: EqualityAnswerDto;
  @PartOf(() => EqualityAnswerDto) disability?: EqualityAnswerDto;
  @PartOf(() => EqualityAnswerDto) religion?: EqualityAnswerDto;
  @PartOf(() => EqualityAnswerDto) sexualOrientation?: EqualityAnswerDto;
  @PartOf(() => EqualityAnswerDto) genderReassignment?: EqualityAnswerDto;
  @PartOf(() => EqualityAnswerDto) pregnancy?: EqualityAnswerDto;
}

export class StaffRiskDto {
  @IsOptional() @IsIn(words.staffRisk) level?: string;
  @Text(2_000) detail?: string;
  @IsOptional() @IsBoolean() visitInPairs?: boolean;
}

export class ReferralContentDto {
  @Text(60) pathway?: string;
  @IsOptional() @IsUUID() area?: string;
  @IsOptional() @IsIn(words.urgency) urgency?: string;
  @PartOf(() => ReferrerDto) referrer?: ReferrerDto;
  @PartsOf(30, () => PersonDto)
  people?: PersonDto[];
  @PartsOf(200, () => RelationshipDto)
  relationships?: RelationshipDto[];
  @PartOf(() => SafeContactDto) safeContact?: SafeContactDto;
  @PartOf(() => ConcernsDto) concerns?: ConcernsDto;
  @PartOf(() => CriteriaDto) criteria?: CriteriaDto;
  @PartOf(() => FearsDto) fears?: FearsDto;
  @PartOf(() => ReferralConsentDto) consent?: ReferralConsentDto;
  @PartOf(() => EqualityDto) equality?: EqualityDto;
  @PartOf(() => StaffRiskDto) staffRisk?: StaffRiskDto;
  @Narrative() wishes?: string;
  /** Answers to the pathway's own questions, by the question's code. */
  @IsOptional() @IsObject() answers?: Record<string, unknown>;
}

/** The parts of the content, as a conflict names them. */
export const contentParts = [
  'pathway',
  'area',
  'urgency',
  'referrer',
  'people',
  'relationships',
  'safeContact',
  'concerns',
  'criteria',
  'fears',
  'consent',
  'equality',
  'staffRisk',
  'wishes',
  'answers',
] as const satisfies readonly (keyof ReferralContentDto)[];
