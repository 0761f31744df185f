// They live with the contracts, so that a noun can throw one without knowing of the platform (house.md §3, rule 1).
export {
  Problem,
  Unauthenticated,
  SignInAgain,
  NotFound,
  Forbidden,
  Conflict,
  IllegalTransition,
  Invalid,
  RuleBroken,
  TooMany,
  Unavailable,
  Unreadable,
  type FieldProblem,
  type ProblemDetails,
} from '@concordat/contracts';
