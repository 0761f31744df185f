import { type TestApp } from '@concordat/testing';
import { problemsOf } from '../handed.testing';
import { staff, type PeersStandIn } from '../opened.testing';
import { bringing, CASES, PEOPLE } from './brought.testing';

/** What is asked of relationships that are brought in, and of files that say something else than before. */
export function describeCorrecting(started: () => { app: TestApp; referrals: PeersStandIn }): void {
  const { app, system, check, view, brought, told, acts, events, caseOf, oneCase } = bringing(started);

  describe('relationships, and corrected files', () => {
    it('how people are related is brought in between people of the same system, once, and corrected by a later file', async () => {
      const source = system();
      await oneCase(source);
      const people = [
        'P-1,CW-1,subject,Ottoline,Farthingale,1981,,,,,',
        'P-2,CW-1,alleged-perpetrator,Barnaby,Farthingale,1979,,,,,',
      ];
      const { items } = await brought('people', source, [PEOPLE, ...people].join('\n'));
      const [first, second] = items.map((r) => r.entryId);
      const HEAD = 'record,person,relationship,other,since,until,author,recordedOn';
      const wrong = await check(
        'relationships',
        source,
        [
          HEAD,
          'R-1,P-1,friend-of,P-404,2090,,,',
          'R-1,P-2,ex-partner,P-2,2019,2018,,',
          'R-2,P-1,partner,P-2,2012-05,,,2090-01-01',
        ].join('\n'),
      );
      expect(told(await view(wrong.body.id as string)).map(([, state, , problems]) => [state, problems])).toEqual([
        ['wrong', ['relationship not-in-list', 'other person.unknown']],
        ['wrong', ['other person.same', 'until date.before-start', 'record import.repeated']],
        ['wrong', ['recordedOn date.in-future']],
      ]);
      expect(problemsOf((await check('relationships', source, HEAD, { source: undefined })).body)).toEqual([
        'source required',
      ]);
      const file = (more: string) => `${HEAD}\nR-2,P-1,partner,P-2,2012-05,${more}`;
      const done = await brought('relationships', source, file(',R. Vale,2019-03-04'));
      expect([told(done), done.items[0]!.entryId]).toEqual([[[2, 'added', null, []]], first]);
      const related = async (id: string) =>
        (await app().as('amina').get(`/api/records/people/${id}`)).body.relationships as object[];
      const known = { kind: 'partner', since: '2012-05', until: null };
      expect(await related(first!)).toMatchObject([
        {
          ...{ ...known, direction: 'of', other: { id: second } },
          broughtIn: { source, author: 'R. Vale', recordedOn: '2019-03-04' },
        },
      ]);
      expect(await related(second!)).toMatchObject([{ ...known, direction: 'to' }]);
      expect(await acts(done.id, 'relationship.bring-in')).toMatchObject([
        { actor: staff('amina'), outcome: 'done', subjects: expect.arrayContaining([first, second]) },
      ]);
      const before = await events();
      expect((await brought('relationships', source, file(',R. Vale,2019-03-04'))).counts).toMatchObject({
        unchanged: 1,
      });
      expect(await events()).toBe(before);
      const later = await brought('relationships', source, file('2018,R. Vale,2019-03-04'), { corrections: true });
      expect(told(later)).toEqual([[2, 'corrected', 'import.corrected', ['until import.differs']]]);
      expect(await related(first!)).toMatchObject([{ ...known, until: '2018' }]);
      const states = await app().sql(
        `SELECT until, known_until IS NULL AS now FROM records.relationship_state WHERE person_id = $1 ORDER BY known_from`,
        [first],
      );
      expect(states).toEqual([
        { until: null, now: false },
        { until: '2018', now: true },
      ]);
      const stranger = await brought(
        'relationships',
        source,
        `${HEAD}\nR-2,P-2,partner,P-1,2012-05,2018,R. Vale,2019-03-04`,
        {
          corrections: true,
        },
      );
      expect(told(stranger)).toEqual([
        [2, 'refused', 'import.correct-here', ['person import.differs', 'other import.differs']],
      ]);
    });

    it('corrects a case and somebody in it as a later file says, keeps what was said before, and leaves what people changed here', async () => {
      const source = system();
      const row = (record: string, closed: string, agencies = '', safe = '') =>
        `${CASES}\n${record},domestic-abuse,2019-03,${closed},,,,${agencies},${safe},`;
      const caseId = (await brought('cases', source, row('CW-1', '2020-11-30'))).items[0]!.caseId!;
      const again = await brought('cases', source, row('CW-1', '2020-12-01', 'Harbour Housing'), { corrections: true });
      const columns = ['agencies import.differs', 'closed import.differs'];
      expect(told(again)).toEqual([[2, 'corrected', 'import.corrected', columns]]);
      expect((await caseOf(caseId)).body.broughtIn.said).toMatchObject({
        ...{ closed: '2020-12-01', agencies: 'Harbour Housing' },
      });
      const kept = 'SELECT said, import_id FROM records.case_origin_before WHERE case_id = $1';
      expect(await app().sql(kept, [caseId])).toMatchObject([{ said: { closed: '2020-11-30' }, import_id: again.id }]);
      expect(await acts(again.id, 'case.correct-origin')).toMatchObject([{ outcome: 'done', actor: staff('amina') }]);
      // What decides more than where it comes from is for people here.
      const safety = await brought('cases', source, row('CW-1', '', 'Harbour Housing', 'Text first'), {
        corrections: true,
      });
      expect(told(safety)).toEqual([
        [2, 'refused', 'import.correct-here', ['safeContact import.differs', 'closed import.differs']],
      ]);

      const person = (family: string, born: string, role = 'subject') =>
        `${PEOPLE}\nP-1,CW-1,${role},Wilfrith,${family},${born},male,,,,`;
      const id = (await brought('people', source, person('Ombersley', '1970'))).items[0]!.entryId;
      const second = await brought('people', source, person('Ombersley', '1970-02'), { corrections: true });
      expect(told(second)).toEqual([[2, 'corrected', 'import.corrected', ['born import.differs']]]);
      const record = async () => (await app().as('amina').get(`/api/records/people/${id}`)).body;
      expect(await record()).toMatchObject({ version: 2, datesOfBirth: [{ value: '1970-02' }], sex: 'male' });
      const { body: history } = await app().as('amina').get(`/api/records/people/${id}/history`);
      expect(history.items[0]).toMatchObject({ what: 'corrected', changes: [{ part: 'datesOfBirth' }] });
      const changed = { name: { given: 'Wilfrith', family: 'Ombersley-Pryce' } };
      expect(
        (await app().as('amina').post(`/api/records/people/${id}/corrections`, changed, { version: 2 })).status,
      ).toBe(200);
      const third = await brought('people', source, person('Omberslade', '1970-02'), { corrections: true });
      expect(told(third)).toEqual([[2, 'refused', 'import.changed-here', ['family import.differs']]]);
      expect((await record()).name.family).toBe('Ombersley-Pryce');
      const role = await brought('people', source, person('Ombersley', '1970-02', 'other'), { corrections: true });
      expect(told(role)).toEqual([[2, 'refused', 'import.correct-here', ['role import.differs']]]);
    });
  });
}
