import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { Invalid } from './errors';
import { Texts, Words } from './field-rules';
import { valid } from './validation';

class Dto {
  @Words(20) about!: string;
  @IsString() @MaxLength(5) name!: string;
  @Matches(/^[a-z]+$/) code!: string;
  @Texts(3, 5) points?: string[];
  @IsIn(['a'], { message: 'Choose how' }) how!: string;
}

describe('what is said of a field', () => {
  it('is said in words of people: no expression, no type, and how long a text may be', () => {
    const wrong = { about: ' ', code: 'A1', name: 'longer', points: ['longer'], how: 'b' };
    let problems: readonly { field: string; message: string }[] = [];
    try {
      valid(Dto, wrong);
    } catch (error) {
      problems = (error as Invalid).details.errors ?? [];
    }
    expect(Object.fromEntries(problems.map(({ field, message }) => [field, message]))).toEqual({
      about: 'This is needed',
      name: 'Use at most 5 characters',
      code: 'This is not written as it has to be',
      points: 'Use at most 5 characters',
      how: 'Choose how',
    });
  });
});
