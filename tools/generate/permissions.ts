import { actCode, actions, permissions, roles } from '@concordat/contracts';

/** permissionsTable shows `libs/contracts/src/permissions.ts` with a column for each role. */
export function permissionsTable(): string {
  const columns = [...roles, 'anyone', 'service', 'system'] as const;
  const header = ['action', 'in the ledger', 'kind', ...columns];
  const rows = actions.map((action) => {
    const who: readonly string[] = permissions[action].who;
    return [
      `\`${action}\``,
      actCode(action),
      permissions[action].op,
      ...columns.map((c) => (who.includes(c) ? '●' : '')),
    ];
  });
  return `# Who may do what

From \`libs/contracts/src/permissions.ts\`. A role is necessary, not sufficient: the record must also be visible to the
caller, by the access rules of its context. *Anyone* is any signed-in member of the partnership; *service* is another part of
Concordat; *system* is a clock or an event.

${[header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
