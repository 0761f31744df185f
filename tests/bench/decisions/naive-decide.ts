import type { Agreement, DecisionRequest } from '@concordat/sharing';
import { original, type Answer, type World } from './naive';
import { naiveEmergency } from './naive-emergency';

/** naiveDecide answers a well-formed request. `hashOf` gives the content hash of an agreement. */
export function naiveDecide(request: DecisionRequest, world: World, hashOf: (one: Agreement) => string): Answer {
  const { answer, agreement, obligations } = original(request, world, hashOf);
  if (!request.breakGlass || answer.outcome === 'PERMIT') return answer;
  return naiveEmergency(request, world, agreement, answer, obligations);
}
