import { signed } from './s3-signature';

/** The examples that AWS publishes with "Signature Calculations for the Authorization Header" of Amazon S3. */
const KEYS = {
  region: 'us-east-1',
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const AT = new Date('2013-05-24T00:00:00Z');
const signatureOf = (headers: Record<string, string>) =>
  /Signature=([0-9a-f]{64})$/.exec(headers['authorization']!)?.[1];

describe('a request to S3', () => {
  it('is signed as AWS signs a GET of part of an object', () => {
    const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
    const headers = signed('GET', url, Buffer.alloc(0), AT, KEYS, { range: 'bytes=0-9' });
    expect(signatureOf(headers)).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
    expect(headers['x-amz-date']).toBe('20130524T000000Z');
  });

  it('is signed as AWS signs a PUT of an object', () => {
    const url = new URL('https://examplebucket.s3.amazonaws.com/test%24file.text');
    const more = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
    const headers = signed('PUT', url, Buffer.from('Welcome to Amazon S3.'), AT, KEYS, more);
    expect(signatureOf(headers)).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
  });

  it('is signed as AWS signs a listing, whose question is part of it', () => {
    const url = new URL('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J');
    const headers = signed('GET', url, Buffer.alloc(0), AT, KEYS);
    expect(signatureOf(headers)).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
  });
});
