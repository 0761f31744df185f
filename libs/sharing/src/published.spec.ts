import { publishedOf } from './published';
import { example } from './worked.testing';

const at = new Date('2026-06-01T12:00:00Z');
const PERSONAL = /Signatory|Director|governance@|Information governance|LA1 data protection officer|DPIA|APD/;

describe('what is published of an agreement', () => {
  it('is which organisations, when, and the sections that it lets be published', () => {
    const published = publishedOf(example, at);
    expect(published).toMatchObject({ id: 'A1', version: '1.2.0', title: 'Northbank MARAC', expiresOn: '2027-03-31' });
    expect(published.parties[0]).toEqual({ orgId: 'LA1', agencyType: 'COUNCIL', role: 'CONTROLLER' });
    expect(Object.keys(published.sections).sort()).toEqual(['flows', 'purposes']);
    expect(published.contentHash).toBe(example.contentHash);
  });

  it('is never a person, a contact or a reference, whatever its views say', () => {
    const all = Object.keys(example);
    const published = publishedOf(
      { ...example, publishableView: [...all, 'parties.signatory'], restrictedView: [] },
      at,
    );
    expect(JSON.stringify(published)).not.toMatch(PERSONAL);
    expect(JSON.stringify(example)).toMatch(PERSONAL);
    expect(Object.keys(published.sections)).toContain('basisLines');
  });

  it('leaves out a section of which anything is restricted', () => {
    const published = publishedOf({ ...example, restrictedView: ['flows.minimisationRule'] }, at);
    expect(Object.keys(published.sections)).toEqual(['purposes']);
    expect(publishedOf({ ...example, publishableView: [] }, at).sections).toEqual({});
  });

  it('names live parties alone', () => {
    const parties = example.parties.map((p) =>
      p.orgId === 'VCS1'
        ? { ...p, withdrawnAt: '2026-06-01T12:00:00Z' }
        : p.orgId === 'NHS1'
          ? { ...p, signedAt: '' }
          : p,
    );
    const names = publishedOf({ ...example, parties }, at).parties.map((p) => p.orgId);
    expect(names).toEqual(['LA1', 'POL1']);
    const before = publishedOf({ ...example, parties }, new Date(at.getTime() - 1)).parties;
    expect(before.map((p) => p.orgId)).toContain('VCS1');
  });
});
