/** Runs SQL as the superuser. */
type Sql = (text: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;

/**
 * leftOf looks through every row of every table, of whichever context, for words: as text, and in bytes. It answers with the
 * tables in which one is found. What is encrypted is not seen through, as it is not on a stolen disk.
 */
export async function leftOf(sql: Sql, words: readonly string[]): Promise<string[]> {
  const tables = await sql(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const found: string[] = [];
  for (const name of tables.map((t) => String(t['name']))) {
    const [row] = await sql(
      `SELECT EXISTS (SELECT 1 FROM ${name} t, unnest($1::text[]) w
         WHERE t::text ILIKE '%' || w || '%' OR t::text ILIKE '%' || encode(convert_to(w, 'UTF8'), 'hex') || '%') AS found`,
      [words],
    );
    if (row!['found'] === true) found.push(name);
  }
  return found;
}
