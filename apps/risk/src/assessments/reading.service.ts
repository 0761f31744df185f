import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Instrument } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { missing } from '../answers';
import { resultOf, type Assessment } from '../assessment';
import { mayAssess, partIn, type CasePart } from '../case-part';
import { peopleInCase } from '../case-people.repository';
import { overTime } from '../changes';
import { Instruments } from '../instruments';
import { CompareAssessmentsDto } from './assessments.dto';
import { assessmentsOf, standingOf, visibleAssessment } from './assessments.repository';
import { about } from './drafting.service';
import { Texts } from '../texts';
import { worded } from '../wording';
import { wordingById } from '../wordings.repository';

/** Assessments as those who take part in the case read them: a list, one, and several of one subject over time. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly instruments: Instruments,
    private readonly texts: Texts,
  ) {}

  /** Instruments that may be answered anew. They say nothing of anybody, so reading them leaves no entry. */
  offered() {
    const offered = this.instruments.offered(new Date());
    return {
      pack: this.instruments.packs.version,
      instruments: offered.map(({ code, version, title, description, verified, source }) => ({
        ...{ code, version, title, description, verified, source },
      })),
    };
  }

  list(call: Call, caseId: string) {
    const objects = [{ t: 'case' as const, id: caseId }];
    return this.unit.read({ action: 'assessment.list', call, objects }, async (tx) => {
      const part = await partIn(tx, caseId);
      demand(tx.actor, 'assessment.list');
      const all = await assessmentsOf(tx, caseId);
      const texts = await this.texts.all(tx, all);
      tx.about({
        subjects: all.map(({ subjectId }) => subjectId),
        objects: all.map(({ id, version }) => ({ t: 'assessment' as const, id, ver: String(version) })),
      });
      return {
        items: all.map((assessment) => listed(assessment, texts.get(assessment.hash)!)),
        people: await peopleInCase(tx, caseId),
        may: { assess: maySo(tx, part) },
      };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'assessment.view', call, objects: [{ t: 'assessment', id }] }, async (tx) => {
      const found = await visibleAssessment(tx, id);
      const part = await partIn(tx, found.caseId);
      demand(tx.actor, 'assessment.view');
      const instrument = await this.texts.of(tx, found);
      about(tx, found);
      const { hash: _hash, wordingId, content, ...told } = found;
      // Of another agency's wording the database shows nothing, so that its assessments are read under neutral labels.
      const wording = wordingId === null ? null : await wordingById(tx, wordingId);
      if (wording) tx.about({ objects: [{ t: 'wording', id: wording.id, ver: String(wording.version) }] });
      const draft = found.status === 'draft';
      const mine = found.orgId === tx.actor.orgId && maySo(tx, part);
      return {
        ...{ ...told, content },
        document: wording ? worded(instrument, wording.texts) : instrument,
        /** What the document is worded in, of the reader's own agency; null when it bears the neutral labels. */
        wording: wording && { title: wording.title, attribution: wording.attribution, version: wording.version },
        // Of a draft: what it would come to now, and what it lacks. Nothing of it is kept.
        missing: draft ? missing(instrument, content) : [],
        result: found.result ?? resultOf(instrument, this.instruments.packs, content, found.rulesOn, found.practice),
        may: {
          change: draft && mine && found.authorId === tx.actor.id,
          correct: !draft && mine && found.supersededBy === null,
          assess: maySo(tx, part),
        },
      };
    });
  }

  /** What stands of one subject by one instrument, topic by topic, oldest first. By another instrument is another question. */
  compare(call: Call, caseId: string) {
    const objects = [{ t: 'case' as const, id: caseId }];
    return this.unit.read({ action: 'assessment.compare', call, objects }, async (tx) => {
      await partIn(tx, caseId);
      demand(tx.actor, 'assessment.compare');
      const { instrument, subjectId } = valid(CompareAssessmentsDto, call.query);
      const all = await standingOf(tx, caseId, subjectId, instrument);
      const texts = await this.texts.all(tx, all);
      tx.about({
        subjects: [subjectId],
        objects: all.map(({ id, version }) => ({ t: 'assessment' as const, id, ver: String(version) })),
        rule: instrument,
      });
      const samples = all.map(({ hash, content }) => ({ instrument: texts.get(hash)!, answers: content.answers }));
      return {
        samples: all.map((assessment) => listed(assessment, texts.get(assessment.hash)!)),
        documents: Object.fromEntries(all.map(({ id, hash }) => [id, texts.get(hash)!])),
        topics: overTime(samples),
      };
    });
  }
}

const maySo = (tx: Tx, part: CasePart): boolean => mayAssess(part) && mayNot(tx.actor, 'assessment.start') === null;

/** An assessment as lists show it: what it came to and not what was answered. */
function listed(a: Assessment, text: Instrument) {
  const band = a.result?.band;
  return {
    ...{ id: a.id, subjectId: a.subjectId, orgId: a.orgId, authorId: a.authorId, status: a.status, version: a.version },
    ...{ instrument: a.instrument, instrumentVersion: a.instrumentVersion, title: text.title },
    ...{ startedAt: a.startedAt, changedAt: a.changedAt, completedAt: a.completedAt, score: a.result?.score ?? null },
    band: text.bands.find(({ code }) => code === band) ?? null,
    /** The bands that there are, lowest first: a band says little without them. */
    bands: text.bands.map(({ code }) => code),
    ...{ supersedes: a.supersedes, supersededBy: a.supersededBy },
  };
}
