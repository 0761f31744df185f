import { Conflict, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { Directory } from '../../apis/directory';
import type { Area } from '../../apis/identity';
import type { Pathway, Practice } from '../../apis/practice';
import type { ReferralContent } from '../../apis/referral-content';
import { Referrals, type Draft } from '../../apis/referrals';
import { conflictView } from '../../design/conflict';
import { fieldsOf, formAgain, formOf } from '../../design/form';
import { redirect, show, type Redirect, type View } from '../../design/page';
import type { Submitted } from '../../design/submitted';
import type { Visit } from '../../session/visit';

/** A draft with what its pages need to ask the right questions. */
export interface OpenDraft {
  readonly draft: Draft;
  readonly content: ReferralContent;
  readonly pathway: Pathway;
  readonly practice: Practice;
  readonly areas: readonly Area[];
}

/** One group of questions: a page that fills some parts of the content. */
export interface Group {
  /** Its code in the pack, which is also the last part of its address. */
  readonly code: string;
  /** The parts of the content that it fills. */
  readonly parts: readonly (keyof ReferralContent)[];
  /** Reads the form into a whole content; what cannot be read is in `sent.errors`. */
  read(sent: Submitted, open: OpenDraft): ReferralContent;
  /** The field that stands for a path that has none of its own. */
  fieldOf?(path: string): string;
  /** What the template needs besides the form. */
  more?(open: OpenDraft): Readonly<Record<string, unknown>>;
}

export const addressOf = (id: string, group = ''): string => `/referrals/make-a-referral/${id}${group && `/${group}`}`;

/** Which group a problem of the content belongs to, by the first part of its path. */
const GROUP_OF: Readonly<Record<string, string>> = {
  pathway: 'about',
  area: 'about',
  urgency: 'about',
  referrer: 'about',
  safeContact: 'safe-contact',
  answers: 'questions',
  staffRisk: 'staff-risk',
};
export const groupOf = ({ field }: Pick<FieldProblem, 'field'>): string => {
  const part = field.split('.')[0] ?? '';
  return GROUP_OF[part] ?? part;
};

/** What all pages of a draft do: open it, show a group of questions, save it and go on. */
@Injectable()
export class Drafting {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  async open(visit: Visit, id: string): Promise<OpenDraft> {
    const [draft, practice, areas] = await Promise.all([
      this.referrals.draft(visit, id),
      this.referrals.practice(visit),
      this.directory.areas(visit),
    ]);
    const pathway = practice.pathways.find((p) => p.code === draft.content.pathway);
    if (!pathway) throw new NotFound('pathway'); // the pack has moved on without this kind of referral
    return { draft, content: draft.content, pathway, practice, areas: areas.filter((a) => a.active !== false) };
  }

  async show(visit: Visit, id: string, group: Group, asked: Asked = {}): Promise<View> {
    const open = await this.open(visit, id);
    this.demandAsked(open, group);
    const problems = asked.incomplete === undefined ? [] : open.draft.missing.filter((p) => groupOf(p) === group.code);
    const parts = group.fieldOf ? { fieldOf: (path: string) => group.fieldOf!(path) } : {};
    const form = formOf({ values: fieldsOf(open.content), problems, version: open.draft.version, ...parts });
    return show(this.data(open, group, form, asked.from));
  }

  async save(visit: Visit, id: string, group: Group, sent: Submitted): Promise<View | Redirect> {
    const open = await this.open(visit, id);
    this.demandAsked(open, group);
    const content = group.read(sent, open);
    const from = sent.text('_from');
    const problems =
      sent.errors.length > 0 ? sent.errors : await this.stored(visit, open, content, sent.version, group);
    if (problems === 'conflict') return this.conflict(visit, id, group, sent, content);
    if (problems.length > 0) {
      const parts = group.fieldOf ? { fieldOf: (path: string) => group.fieldOf!(path) } : {};
      return show(this.data(open, group, formAgain(sent, problems, parts), from), 422);
    }
    return this.onwards(visit, id, group, sent.text('_then') ?? 'continue', from);
  }

  /** Stores a content; answers with what the referrals context finds wrong with it. */
  async stored(
    visit: Visit,
    open: OpenDraft,
    content: ReferralContent,
    version: number,
    group?: Group,
  ): Promise<readonly FieldProblem[] | 'conflict'> {
    try {
      await this.referrals.saveDraft(visit, open.draft.id, version, content);
      return [];
    } catch (error) {
      if (error instanceof Invalid) return error.details.errors ?? [];
      const theirs = error instanceof Conflict && group ? await this.referrals.draft(visit, open.draft.id) : null;
      if (!theirs) throw error;
      // Two windows on two pages: nothing that this page asks has changed, so nothing is overwritten.
      const same = group!.parts.every((part) => isDeepStrictEqual(theirs.content[part], content[part]));
      return same ? [] : 'conflict';
    }
  }

  /** After saving: back to the same page for more, to the list of tasks, or on, once nothing of this page is missing. */
  private async onwards(
    visit: Visit,
    id: string,
    group: Group,
    then: string,
    from: string | undefined,
  ): Promise<Redirect> {
    const here = addressOf(id, group.code);
    const keeping = from === 'check' ? 'from=check' : '';
    if (then === 'again') return redirect(`${here}${keeping && `?${keeping}`}#more`);
    if (then === 'later') return redirect(addressOf(id));
    const { draft, pathway } = await this.open(visit, id);
    if (draft.missing.some((p) => groupOf(p) === group.code))
      return redirect(`${here}?incomplete${keeping && `&${keeping}`}`);
    if (from === 'check') return redirect(addressOf(id, 'check-answers'));
    const codes = pathway.groups.map((g) => g.code);
    return redirect(addressOf(id, codes[codes.indexOf(group.code) + 1] ?? 'check-answers'));
  }

  private async conflict(
    visit: Visit,
    id: string,
    group: Group,
    sent: Submitted,
    mine: ReferralContent,
  ): Promise<View> {
    const theirs = await this.referrals.draft(visit, id);
    const part = (content: ReferralContent) => Object.fromEntries(group.parts.map((name) => [name, content[name]]));
    return conflictView({
      sent,
      version: theirs.version,
      action: addressOf(id, group.code),
      discard: addressOf(id, group.code),
      mine: part(mine),
      theirs: part(theirs.content),
      by: 'you, in another window',
      at: theirs.changedAt,
    });
  }

  private data(open: OpenDraft, group: Group, form: unknown, from: string | undefined) {
    const asked = open.pathway.groups.find((g) => g.code === group.code);
    const back = from === 'check' ? addressOf(open.draft.id, 'check-answers') : addressOf(open.draft.id);
    return {
      ...group.more?.(open),
      form,
      from,
      id: open.draft.id,
      pathway: open.pathway,
      heading: asked?.title,
      hint: asked?.hint,
      back: { href: back },
    };
  }

  /** A pathway does not ask everything: pages that it does not ask do not exist. */
  private demandAsked({ pathway }: OpenDraft, { code }: Group): void {
    if (!pathway.groups.some((g) => g.code === code)) throw new NotFound('page');
  }
}

/** What an address of a page may add: `?incomplete` to be told what is missing, `?from=check` to go back there. */
export interface Asked {
  readonly incomplete?: unknown;
  readonly from?: string;
}
