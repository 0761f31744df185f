import { withoutFile } from './uploads';

describe('a form whose file is too large', () => {
  const LINE = '\r\n';
  const part = (name: string, content: string, file = '') =>
    `--x9${LINE}content-disposition: form-data; name="${name}"${file}${LINE}${LINE}${content}${LINE}`;
  const begun = Buffer.from(
    `${part('_key', 'k-1')}${part('file', 'P'.repeat(900), '; filename="a.pdf"')}`.slice(0, 600),
  );
  const end = Buffer.from(`${'P'.repeat(50)}${LINE}${part('name', 'report.pdf')}--x9--${LINE}`);
  const read = async (type: string) =>
    new Response(new Uint8Array(withoutFile(begun, end, type)), {
      headers: { 'content-type': 'multipart/form-data; boundary=x9' },
    }).formData();

  it.each(['multipart/form-data; boundary=x9', 'multipart/form-data; boundary="x9"; charset=utf-8'])(
    'keeps what was typed before and behind it: %s',
    async (type) => {
      const form = await read(type);
      expect([form.get('_key'), form.get('name'), (form.get('file') as File).size]).toEqual(['k-1', 'report.pdf', 0]);
    },
  );

  it('is not taken apart when it is not the file that is large', () => {
    const text = Buffer.from(part('about', 'x'.repeat(600)).slice(0, 300));
    const type = 'multipart/form-data; boundary=x9';
    expect(() => withoutFile(text, end, type)).toThrow(expect.objectContaining({ code: 'form.too-large' }));
    expect(() => withoutFile(begun, Buffer.from('P'.repeat(90)), type)).toThrow('too large');
  });
});
