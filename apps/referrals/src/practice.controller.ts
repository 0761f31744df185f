import { referralVocabulary } from '@concordat/contracts';
import type { Clock } from '@concordat/packs';
import { Calling, ContextController, Describe, NotFound, type Call } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { Practice } from './practice';

/**
 * The pack, as those see it who fill in a referral or decide about one. It says nothing of anybody, so reading it leaves no
 * audit entry.
 */
@ContextController('referrals')
export class PracticeController {
  constructor(private readonly practice: Practice) {}

  @Get('pathways')
  @Describe({ summary: 'Pathways: what each asks for, requires, and where it can lead' })
  pathways(@Calling() _: Call) {
    const { packs, stamp } = this.practice;
    return {
      pack: stamp,
      pathways: packs.pathways(),
      consentGrounds: packs.consentGrounds(),
      forums: packs.forums(),
      vocabulary: referralVocabulary,
    };
  }

  @Get('pathways/:code')
  @Describe({ summary: 'One pathway, with its colours and the titles of where it can lead' })
  pathway(@Calling() _: Call, @Param('code') code: string) {
    const { packs, stamp } = this.practice;
    const pathway = packs.pathway(code);
    if (!pathway) throw new NotFound('pathway');
    const { redirect, stepUp, stepDown } = pathway.next;
    const destinations = [...new Set([...redirect, ...stepUp, ...stepDown])].map((c) => packs.destination(c));
    return { ...pathway, pack: stamp, colours: this.colours(pathway.colourScheme), destinations };
  }

  @Get('reasons')
  @Describe({ summary: 'Reasons, outcomes and colours for decisions' })
  reasons(@Calling() _: Call) {
    const { packs, stamp } = this.practice;
    const schemes = [...new Set(packs.pathways().map((p) => p.colourScheme))];
    return {
      pack: stamp,
      noFurtherAction: packs.reasons('no-further-action'),
      signpost: packs.reasons('signpost'),
      redirect: packs.reasons('redirect'),
      stepUp: packs.reasons('step-up'),
      stepDown: packs.reasons('step-down'),
      return: packs.reasons('return'),
      withdraw: packs.reasons('withdraw'),
      decline: packs.reasons('decline'),
      reopen: packs.reasons('reopen'),
      outcomes: packs.outcomes(),
      consentGrounds: packs.consentGrounds(),
      colours: schemes.flatMap((scheme) => this.colours(scheme)),
    };
  }

  private colours(scheme: string) {
    const found = this.practice.packs.colourScheme(scheme);
    return (found?.colours ?? []).map(({ code, title, rank, tag, meaning, clocks }) => ({
      scheme,
      code,
      title,
      rank,
      tag,
      meaning,
      clock: clocks[0] ? inWords(clocks[0]) : null,
    }));
  }
}

const WORDS: Readonly<Record<Clock['unit'], string>> = {
  minute: 'minute',
  hour: 'hour',
  workingHour: 'working hour',
  day: 'day',
  workingDay: 'working day',
  week: 'week',
  month: 'month',
};

/** `within 4 hours`, `within 1 working day`. */
const inWords = ({ value, unit }: Clock): string => `within ${value} ${WORDS[unit]}${value === 1 ? '' : 's'}`;
