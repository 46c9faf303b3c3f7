// Words that speak for one of the digest's own four categories, written by hand from what the names mean.
// The headings always count; the words of title and summary only where the trained weights cannot be read (classify.ts).

/** Section headings, and names other publishers use, by the category they mean. */
export const SECTION_WORDS: readonly (readonly [category: string, words: RegExp])[] = [
  ['AI模型', /模型|大模型|\bmodels?\b|\bllms?\b/i],
  ['AI应用', /应用|产品|工具|功能|更新|教程|技巧|提示词|玩法|\bapps?\b|\bproducts?\b|\btools?\b|\bfeatures?\b/i],
  ['行业洞察', /行业|洞察|观点|商业|融资|投资|政策|社会|资讯|动态|产业|公司|展望|\bindustry\b|\binsights?\b|\bbusiness\b|\bopinions?\b/i],
  ['研发进展', /研发|研究|论文|学术|技术|开源|前沿|科研|\bresearch\b|\bpapers?\b|\bopen.?source\b/i],
];

/** What speaks for a category in a title or summary, and how loudly. */
export const TEXT_WORDS: readonly (readonly [category: string, weight: number, words: RegExp])[] = [
  ['AI模型', 3, /模型(?:正式)?(?:发布|开源|上线|亮相)|发布.{0,16}模型|开源.{0,12}模型|推出.{0,12}模型|新模型|多模态模型|基础模型|大模型发布|权重|\bweights\b|new model/i],
  ['AI模型', 2, /跑分|榜单|评测成绩|登顶|\bSOTA\b|参数量|上下文窗口|降智|幻觉率|\b\d+B\b|预览版|LLM|竞技场|\barena\b|benchmark score/i],
  ['AI模型', 1, /模型|GPT-?\d|Claude (?:Opus|Sonnet|Haiku)|Gemini \d|Qwen|DeepSeek|Llama|Grok \d/i],
  ['AI应用', 3, /提示词|\bprompts?\b|教程|技巧|攻略|指南|使用方法|玩法|上手|实用|折扣|优惠|免费额度|会员|订阅|插件|扩展程序|小程序|客户端|桌面版/i],
  ['AI应用', 2, /工具|应用|功能|产品|助手|浏览器|编辑器|工作流|新增|支持|集成|接入|上线|推出|用户可|\bapp\b|\bplugin\b|\bfeature\b|\bIDE\b|\bCLI\b/i],
  ['AI应用', 1, /制作|生成图|海报|视频生成|动画|设计|智能体|agent|Cursor|ChatGPT|Copilot/i],
  ['行业洞察', 3, /融资|估值|收购|并购|上市|财报|营收|股价|裁员|诉讼|起诉|监管|法案|政策|版权|禁令|出口|就业|失业|离职|加盟|调查显示|报告显示|\braises?\b|funding|acqui|lawsuit/i],
  ['行业洞察', 2, /预测|展望|回顾|反思|观点|认为|指出|警告|呼吁|趋势|市场|商业化|战略|竞争|巨头|创业|初创|CEO|创始人|访谈|数据中心|芯片供应|投资|亿美元|亿元/i],
  ['行业洞察', 1, /公司|行业|社会|经济|员工|未来|合作|政府|美国|欧盟/i],
  ['研发进展', 3, /论文|研究(?:人员|团队|者|表明|发现|提出)|数据集|基准测试|训练方法|推理框架|强化学习|算法|架构|\bpaper\b|arXiv|dataset|framework|\bSDK\b/i],
  ['研发进展', 2, /提出|框架|方法|机制|实验|优化|蒸馏|微调|量化|验证器|开源项目|代码库|GitHub|推理引擎|机器人|科学|内核|\bCUDA\b|training|inference/i],
  ['研发进展', 1, /训练|技术|开发者|工程|实现|性能|提升|原理/i],
];
