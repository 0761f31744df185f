import { available } from './available';
import { hasContainerEngine } from './containers';

/** How the infrastructure can run here, or why it cannot: the container engine if one answers, else child processes. */
export async function infrastructureHere(): Promise<
  { readonly as: 'processes' | 'containers' } | { readonly as: 'neither'; readonly reasons: readonly string[] }
> {
  const wanted = process.env['CONCORDAT_INFRASTRUCTURE'];
  if (wanted !== 'processes' && (await hasContainerEngine())) return { as: 'containers' };
  if (wanted === 'containers') return { as: 'neither', reasons: ['no container engine answers'] };
  const { kafka, redis } = await available();
  const reasons = [kafka, redis].flatMap((each) => (each.ok ? [] : [each.reason]));
  return reasons.length === 0 ? { as: 'processes' } : { as: 'neither', reasons };
}
