// The words of the mark on X.

/** What a mark says, as its tooltip and aloud. */
export const markWords = {
  tw: { told: (time: string, category: string) => `已在 ${time} 的快報中出現，分類：${category}` },
  zh: { told: (time: string, category: string) => `已在 ${time} 的快报中出现，分类：${category}` },
  en: { told: (time: string, category: string) => `In the digest of ${time}, category ${category}` },
};
