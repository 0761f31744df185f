/* global Parse */
/**
 * The task as an experienced user of Parse Server would write it: validation before a save, access by roles of agencies, and
 * an audit object for everything done, stored after it (not in one transaction: Parse has none across a request).
 */
const AREAS = JSON.parse(process.env.PEERS_AREAS);
const PATHWAYS = ['domestic-abuse', 'adult-safeguarding', 'child-safeguarding'];
const URGENCIES = ['routine', 'urgent', 'immediate-danger'];

function problems(content) {
  const wrong = [];
  const need = (condition, field) => condition || wrong.push(field);
  need(PATHWAYS.includes(content?.pathway), 'pathway');
  need(AREAS[content?.area], 'area');
  need(URGENCIES.includes(content?.urgency), 'urgency');
  need(Array.isArray(content?.people) && content.people.length > 0, 'people');
  for (const [i, person] of (content?.people ?? []).entries()) {
    need(typeof person?.name?.family === 'string' && person.name.family.length <= 100, `people/${i}/name/family`);
    for (const { value } of person?.datesOfBirth ?? [])
      need(/^\d{4}-\d\d-\d\d$/.test(value), `people/${i}/datesOfBirth`);
  }
  need(typeof content?.concerns?.summary === 'string' && content.concerns.summary.length <= 10_000, 'concerns/summary');
  need(['yes', 'no'].includes(content?.consent?.asked), 'consent/asked');
  return wrong;
}

const audit = (op, user, objects) =>
  new Parse.Object('Audit').save(
    { op, by: user?.id ?? 'nobody', objects, at: new Date(), outcome: 'done' },
    { useMasterKey: true },
  );

Parse.Cloud.beforeSave('Referral', async ({ object, user }) => {
  if (object.existed()) return;
  const content = object.get('content');
  const wrong = problems(content);
  if (wrong.length > 0 || !user) throw new Parse.Error(Parse.Error.VALIDATION_ERROR, wrong.join(', '));
  const [first] = content.people;
  const orgs = { receivingOrg: AREAS[content.area], referringOrg: user.get('org') };
  const reference = `P-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  object.set({
    ...orgs,
    reference,
    status: 'received',
    pathway: content.pathway,
    area: content.area,
    urgency: content.urgency,
    receivedAt: new Date(),
    given: first.name.given,
    family: first.name.family,
    searchText: [reference, first.name.given, first.name.family, content.concerns.summary].join(' '),
  });
  const acl = new Parse.ACL();
  for (const org of Object.values(orgs)) {
    acl.setRoleReadAccess(`org-${org}`, true);
    acl.setRoleWriteAccess(`org-${org}`, true);
  }
  object.setACL(acl);
});

Parse.Cloud.afterSave('Referral', ({ object, user }) => audit('create', user, [object.id]));

Parse.Cloud.afterFind('Referral', async ({ objects, query, user }) => {
  const { where = {} } = query.toJSON();
  const op = where.objectId ? 'read' : where.searchText ? 'search' : 'list';
  await audit(
    op,
    user,
    objects.map((o) => o.id),
  );
  return objects;
});
