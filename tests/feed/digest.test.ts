// Shapes a to e of one edition, in fixtures of our own: the same stories out of each.
import { describe, expect, it } from 'vitest';
import { documentOf, readFirst, readFixture, SITE } from './documents.ts';

const page = () => documentOf(readFixture('hugo-default.html'), { url: `${SITE}/posts/edition/`, contentType: 'text/html' });
const told = (name: string, withPage = false) => {
  const extension = name.split('.').at(-1);
  const { digest, stories } = readFirst(documentOf(readFixture(name), { url: `${SITE}/${extension === 'md' ? name : 'index.xml'}` }), withPage ? page() : null);
  return { title: digest.title, publishedMs: digest.publishedMs, offset: digest.publishedAt.slice(-6), categories: digest.categories, stories: stories.map(({ position, title, url, handle, postIds, author, summary }) => ({ position, title, url, handle, postIds, author, summary: summary.replace(/[‘’]/g, "'").replace(/[“”]/g, '"') })) };
};

describe('one edition', () => {
  const source = told('digest-yaml.md');

  it('is read from its Markdown', () => {
    expect(source.stories.length).toBeGreaterThan(2);
    expect(source.stories.map((story) => story.position)).toEqual(source.stories.map((_, i) => i + 1));
    expect(source.stories.some((story) => story.summary.includes('**'))).toBe(true);
    expect(source.stories.some((story) => story.postIds.length === 0)).toBe(true); // not every story is a post
  });

  it.each([['digest-toml.md', false], ['hugo-default.xml', true], ['rss-content.xml', false], ['rss-description.xml', false], ['atom.xml', false], ['feed-html.json', false], ['feed-text.json', false]] as const)('comes out of %s the same', (name, withPage) => {
    expect(told(name, withPage)).toEqual(source);
  });
});
