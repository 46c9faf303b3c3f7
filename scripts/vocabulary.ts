// The hand-written words that the category classifier is trained with; `npm run train` packs them into its file, so that no
// script of the extension carries them. A change here takes effect with the next training.
//
// A concept says what a word of AI news is about: a company, a release, money, a paper … The trained weights weigh concepts
// and their order beside plain letters, so that a company, model or product never met in training still counts as one.
// Written from the definitions of the four categories and general knowledge.
import type { VocabularyWords } from '../lib/category/vocabulary.ts';

/**
 * Concepts and their words, lower-cased and simplified. Latin words match whole words, or a stem where they end in `*`;
 * `_` stands for a blank. A word that two concepts claim is the first one's.
 */
const CONCEPTS = {
  company:
    'openai anthropic google 谷歌 deepmind meta 微软 microsoft 苹果 apple nvidia 英伟达 亚马逊 amazon aws 字节 字节跳动 bytedance 阿里 阿里巴巴 alibaba 腾讯 tencent 百度 baidu 华为 huawei 小米 xiaomi 智谱 zhipu z.ai 月之暗面 moonshot minimax 阶跃星辰 阶跃 stepfun 百川 零一万物 商汤 科大讯飞 讯飞 昆仑万维 快手 美团 京东 拼多多 滴滴 网易 蚂蚁 蚂蚁集团 哔哩哔哩 b站 小红书 知乎 联想 荣耀 oppo vivo 比亚迪 蔚来 小鹏 理想汽车 xai spacex mistral cohere huggingface hugging_face stability runway perplexity 三星 samsung 英特尔 intel amd 高通 qualcomm 博通 broadcom 台积电 tsmc 联发科 arm 软银 softbank 特斯拉 tesla ibm 甲骨文 oracle salesforce adobe databricks snowflake scale_ai coreweave groq cerebras 寒武纪 摩尔线程 壁仞 燧原 海光 nokia 诺基亚 sap 索尼 sony 迪士尼 disney netflix 奈飞 spotify uber reddit x公司 twitter 推特 linkedin 领英 github gitlab vercel cloudflare stripe shopify palantir figure 宇树 unitree 智元 优必选 波士顿动力 waymo 文远知行 小马智行 地平线 ssi thinking_machines safe_superintelligence character.ai 面壁智能 生数科技 爱诗科技 硅基流动 魔搭 modelscope 智源 通义实验室 达摩院 红杉 a16z yc y_combinator 高瓴 彭博 路透 jetbrains elevenlabs suno replit cognition midjourney black_forest_labs inflection adept',
  modelName:
    'gpt gpt-* chatgpt-4o o1 o3 o4-mini gpt-oss claude_opus sonnet haiku gemini gemma llama qwen qwen2* qwen3* qwq 千问 通义千问 通义 文心 ernie 混元 hunyuan 豆包 doubao seed-* seedream seedance deepseek deepseek-* kimi glm glm-* chatglm grok mixtral codestral devstral magistral pixtral phi phi-* nova titan nemotron granite command_r falcon yi-* internlm internvl 书生 minicpm baichuan 盘古 pangu 星火 skywork step-* abab nano_banana veo veo* imagen sora dall-e dalle flux stable_diffusion sdxl kling 可灵 vidu hailuo 海螺 wan2* 万相 pika luma ray3 genie whisper cosyvoice vibevoice voxtral chatterbox kokoro sam bert t5 clip dinov* olmo smollm hermes mimo longcat ring-* ling-* ernie-* hy3 k2 r1 v3 v4 m1 m2 cosmos gr00t mai-* lfm* jamba mamba rwkv',
  modelWord:
    '模型 大模型 语言模型 基础模型 基座 推理模型 视觉模型 视频模型 图像模型 语音模型 多模态 全模态 世界模型 嵌入模型 小模型 旗舰模型 预览版 权重 参数 亿参数 激活参数 稠密 上下文 上下文窗口 混合专家 moe llm llms vlm vlms slm mllm lm model models weights checkpoint 开放权重 open-weight* 端到端模型 token/s 每百万 知识截止 幻觉率 变笨 本地运行 gguf 量化版 tts asr 文生图 文生视频 图生视频 文本转语音 语音合成 语音识别 原生多模态 百万上下文 128k 256k 200k 1m',
  score:
    '榜单 榜首 登顶 夺冠 排名 排行榜 第一名 全球第一 得分 分数 跑分 评测 实测 横评 对比 sota arena lmarena 竞技场 超越 超过 击败 媲美 匹敌 逼近 反超 碾压 领先 刷新 打平 持平 落后 不如 swe-bench mmlu aime gpqa humaneval arc-agi livecodebench terminal-bench osworld hle benchmark benchmarks 基准 基准测试 基准测试中 准确率 胜率 性能提升 最强 elo leaderboard artificial_analysis beats outperform* 金牌 满分 盲测',
  product:
    'chatgpt copilot cursor claude_code codex notebooklm windsurf trae antigravity notion canva figma siri alexa 飞书 钉钉 微信 企业微信 wps 剪映 capcut 夸克 元宝 秘塔 comet atlas chrome safari firefox edge gmail youtube photoshop lightroom vscode vs_code visual_studio xcode android ios iphone ipad mac macos windows linux office excel word powerpoint ppt outlook teams slack zoom whatsapp instagram facebook telegram discord obsidian raycast zapier n8n dify coze 扣子 manus openclaw lovable bolt v0 devin cline roo_code aider opencode gemini_cli claude_desktop ollama lm_studio comfyui 搜索 google_search google_maps 谷歌地图 wallet 支付宝 淘宝 抖音 tiktok google_photos google_docs workspace artifacts canvas projects gems gpts app_store openrouter ai_studio vertex_ai bedrock azure firebase supabase',
  release: '发布 推出 上线 亮相 开放 官宣 公布 问世 登场 面世 首发 正式版 重磅 揭晓 预告 即将推出 即将发布 曝光 泄露版 内测 公测 灰度 launch* release* introduc* announc* unveil* debut* now_available 可用 开售 上市销售',
  update: '更新 升级 新增 支持 集成 接入 内置 整合 引入 加入 版本 迭代 改版 优化体验 修复 新版 v1 v2 v3 update* upgrade* support* integrat* add* new_in changelog beta 预装 打通 联动 兼容',
  openSource: '开源 开源项目 开源工具 open_source open-source* opensource* github 仓库 代码库 star stars 星标 fork mit apache 许可证 协议开源 repo trending 自托管 self-host* hn 热榜',
  paper: '论文 arxiv 研究 研究人员 研究者 研究团队 学者 科学家 作者 实验 学术 大学 学院 中科院 清华 北大 斯坦福 mit_csail 伯克利 哈佛 剑桥 牛津 cmu neurips icml iclr cvpr acl emnlp aaai nature science 期刊 预印本 paper papers study research researcher* 实验室 证明 揭示 综述 survey_of 消融 理论',
  method: '方法 机制 框架 算法 架构 范式 训练 预训练 后训练 微调 强化学习 rl rlhf grpo dpo ppo sft lora 蒸馏 量化 剪枝 稀疏 推理加速 注意力 注意力机制 kv_cache 缓存 对齐 奖励 梯度 损失 扩散 扩散模型 transformer 解码 投机解码 采样 tokenizer 嵌入 embedding 检索 rag 向量 记忆 思维链 cot 上下文工程 context_engineering harness 多智能体 自监督 合成数据 可解释性 interpretability 泛化 收敛 attention training fine-tun* finetun* distill* reinforcement pretrain* inference optimi* efficient learning method* 提出 一种 范式 原理 复现 从零 手写 源码 底层',
  devTool: 'sdk api 库 框架 引擎 推理引擎 内核 kernel cuda triton vllm sglang tensorrt llama.cpp pytorch jax tensorflow transformers langchain langgraph llamaindex autogen crewai mcp mcp_server 编译器 数据集 dataset datasets corpus 语料 toolkit 工具包 framework library runtime 脚手架 harness sandbox 沙箱 数据库 后端 python rust typescript javascript swift kotlin go语言 c++ wasm webgpu docker kubernetes k8s 云原生 微服务 中间件 协议 a2a skills agent_sdk 开发者 工程师 工程 代码 编程 编译 调试 重构 并发 性能优化 系统设计',
  money: '融资 估值 亿美元 万美元 百万美元 亿元 万元 亿欧元 亿港元 亿日元 美元 领投 跟投 投资 投资者 种子轮 天使轮 a轮 b轮 c轮 d轮 pre-a 独角兽 基金 风投 vc 砸 注资 募资 债券 贷款 capex 资本开支 raises funding fundrais* valuation invest* billion million series seed_round backed 烧钱 资金 股权 持股 入股',
  deal: '收购 并购 合并 买下 出售 交易 acqui* merger buys 合作 携手 联手 战略合作 签约 协议 合同 订单 伙伴 partner* deal 供应商 独家 供应',
  earnings: '营收 财报 利润 净利 盈利 亏损 收入 arr 年化 毛利率 股价 市值 ipo 上市 招股书 港股 美股 纳斯达克 大涨 大跌 暴涨 暴跌 季度 同比 环比 增长 revenue earnings profit stock shares 华尔街 分析师 市场份额 成本 涨价 降价 价格战 定价',
  law: '诉讼 起诉 控告 法院 法官 判决 裁定 版权 侵权 知识产权 法案 立法 法律 法规 监管 合规 政策 政府 禁令 禁止 封禁 出口 管制 制裁 欧盟 美国 英国 日本 韩国 印度 法国 德国 白宫 国会 参议院 众议院 五角大楼 国防部 军方 总统 特朗普 拜登 马斯克诉 部门 工信部 网信办 国务院 央行 条例 标准 隐私 反垄断 罚款 调查 听证 lawsuit sue* court judge copyright regulat* policy law ban* government senate congress trump white_house eu pentagon military 国家安全 地缘 关税',
  people: '离职 加盟 跳槽 ceo cto coo cfo 创始人 联合创始人 首席 高管 总裁 董事长 董事会 负责人 挖走 挖角 招聘 招募 裁员 任命 卸任 辞职 员工 团队解散 人才 hire* hiring fire* layoff* joins leaves resign* founder 奥特曼 altman 马斯克 musk 黄仁勋 jensen_huang 扎克伯格 zuckerberg 纳德拉 nadella 皮查伊 pichai 哈萨比斯 hassabis 阿莫迪 amodei lecun 杨立昆 hinton 辛顿 李飞飞 吴恩达 伊利亚 ilya 库克 梁文锋 李彦宏 雷军 任正非 杨植麟 唐杰',
  jobs: '就业 失业 岗位 工作岗位 取代 替代 淘汰 劳动力 毕业生 求职 职场 白领 程序员 薪资 年薪 工资 招工 jobs workers workforce employment 人类工作 技能鸿沟 打工人',
  opinion: '认为 表示 称 直言 坦言 警告 呼吁 预测 预言 预计 观点 看法 反思 思考 思辨 感悟 为什么 为何 未来 趋势 时代 意味着 泡沫 争议 担忧 质疑 批评 反对 困境 危机 风险 挑战 机遇 红利 拐点 变革 重塑 颠覆 革命 本质 护城河 壁垒 竞争 格局 霸权 战略 布局 商业模式 商业化 赛道 巨头 初创 初创公司 创业 创业者 行业 产业 市场 生态 经济 社会 人类 文明 伦理 道德 信任 教训 启示 复盘 回顾 盘点 总结 展望 访谈 对话 专访 演讲 播客 随笔 杂谈 吐槽 调侃 谈 论 说 why future should opinion essay think* believe* warn* predict* 奇点 agi 超级智能',
  survey: '调查 调查显示 报告 报告显示 数据显示 研究显示 统计 调研 白皮书 指数 占比 过半 近半 渗透率 采用率 用户数 日活 月活 下载量 gartner idc 麦肯锡 高盛 摩根 皮尤 survey report percent 受访者 排名前 年度',
  chip: '芯片 gpu gpus tpu npu cpu 算力 数据中心 电力 能源 核电 能耗 电网 服务器 hbm 内存 存储 晶圆 制程 光刻 半导体 h100 h200 b200 gb200 blackwell rubin trainium 昇腾 超算 集群 吉瓦 gw data_center datacenter* chip chips semiconductor compute 液冷 光模块 机柜 基础设施',
  tip: '提示词 提示语 技巧 教程 指南 教你 教学 如何 怎么 怎样 用法 使用方法 实用 妙招 窍门 心得 经验 实战 分享 步骤 攻略 玩法 入门 上手 手把手 速成 一文 快捷 诀窍 最佳实践 避坑 推荐 清单 合集 模板 示例 案例 prompt prompts prompting tips tricks tutorial guide how_to cheat_sheet 保姆级 用好 试试 必备 小白 零基础 省钱 提效',
  feature: '功能 特性 模式 插件 扩展 扩展程序 应用 应用程序 软件 客户端 桌面端 桌面版 桌面应用 移动端 网页版 网页端 手机版 小程序 浏览器 编辑器 终端 命令行 cli ide 快捷键 界面 按钮 侧边栏 面板 聊天 对话框 语音模式 助手 助理 工具 平台 服务 产品 网站 在线 一键 自动 个性化 定制 自定义 无代码 低代码 可视化 工作流 自动化 用户可 用户能 可直接 免安装 app feature* plugin* extension* tool tools assistant browser desktop mobile web workflow* dashboard chatbot 聊天机器人 知识库 笔记 日历 邮件 文档 表格 翻译 转录 总结会议 会议 搜索引擎 输入法 购物 旅行 出行 健身 健康',
  plan: '免费 免费额度 额度 会员 订阅 套餐 折扣 优惠 优惠券 促销 领取 试用 返现 学生 pro plus max 年费 月费 每月 配额 限额 积分 credits coupon discount free plan plans subscription tier pricing giveaway 兑换 邀请码 黑五 买断',
  create: '制作 生成 创作 做出 打造 动画 视频 图片 图像 音乐 歌曲 设计 ppt 幻灯片 短片 短剧 电影 广告 照片 修图 抠图 头像 漫画 手办 表情包 壁纸 logo 配音 数字人 换脸 3d 建模 渲染 游戏 小游戏 网页 作品 demo 演示 展示 效果 风格 镜头 分镜 剪辑 写作 小说 文案 绘画 艺术 creative video image music game',
  deploy: '医院 患者 学校 课堂 学生 教师 老师 企业 企业级 部署 落地 应用于 助力 赋能 客户 银行 保险 零售 餐厅 酒店 农业 工厂 制造业 物流 政务 法务 律师 会计 客服 医生 诊疗 司机 农民 园区 门店 试点 规模化 使用ai 采用 引入ai 效率 缩短 节省 小时 deploy* customers enterprise hospital school 案例研究',
  robot: '机器人 人形 人形机器人 具身 具身智能 机械臂 灵巧手 自动驾驶 无人驾驶 robotaxi 无人机 无人车 四足 机器狗 仿真 vla robot* humanoid embodied 传感器 脑机接口 量子 卫星 航天 火箭',
  science: '蛋白质 药物 新药 数学 数学家 猜想 定理 物理 化学 生物 基因 基因组 细胞 癌症 肿瘤 疾病 医学 诊断 影像 材料 天文 气象 天气 气候 神经科学 大脑 神经元 临床 alphafold protein drug math* theorem physics biolog* medical 化石 地震 考古',
  security: '漏洞 攻击 越狱 安全 注入 提示注入 后门 投毒 恶意 恶意软件 黑客 网络安全 红队 渗透 零日 供应链攻击 窃取 钓鱼 勒索 cve 沙箱逃逸 vulnerab* exploit* jailbreak* attack* security safety 水印 检测 护栏 guardrail*',
  incident: '泄露 事故 自杀 诈骗 骗局 造假 假视频 深度伪造 deepfake* 虚假 谣言 误导 受害 死亡 枪击 丑闻 宕机 故障 中断 删库 失控 翻车 道歉 下架 抵制 抗议 愤怒 引发 热议 舆论 未成年 儿童 青少年 学术不端 作弊 滥用 垃圾内容 slop outage leak* scandal scam 心理健康 情感 陪伴',
  device: '手机 眼镜 智能眼镜 ar眼镜 耳机 音箱 手表 手环 戒指 可穿戴 电脑 笔记本 平板 电视 家电 冰箱 汽车 车载 座舱 玩具 相机 头显 vision_pro 硬件 pc 新机 pixel galaxy airpods glasses phone wearable 上车 售价 预售',
  learn: '课程 公开课 教材 电子书 书籍 讲义 训练营 学习路线 路线图 面试 题库 awesome course curriculum book 认证 教育 培训 大赛 竞赛 黑客松 hackathon 大会 峰会 论坛 活动 参会 报名',
  agent: '智能体 agent agents agentic 代理 多agent ai员工 数字员工 编程助手 编程智能体 coding_agent 自主 subagent* 子代理 技能 skill',
  usage: '用户 网友 有人 博主 大家 你 我 我们 我的 自己 他 她 作者 开发者们 家人 朋友 普通人 个人 日常 生活 工作 一个人',
};

/** Traditional characters that are frequent in the news, each followed by its simplified one. */
const SIMPLIFIED =
  '發发開开應应業业產产與与對对為为這这來来個个們们會会學学習习機机據据數数動动圖图語语視视頻频檢检測测評评術术論论訓训練练調调優优處处選选擇择實实驗验進进長长電电腦脑雲云資资訊讯報报導导場场價价錢钱創创團团隊队員员務务總总經经濟济國国際际東东車车馬马龍龙體体點点線线網网絡络關关係系統统設设計计備备軟软碼码編编輯辑寫写讀读聽听說说話话請请問问題题還还沒没無无過过時时間间邊边內内標标準准權权參参億亿萬万從从後后當当將将單单雙双條条啟启規规則则類类別别執执製制遠远運运輸输轉转換换變变現现觀观認认識识諾诺險险風风護护證证監监層层級级結结構构廣广庫库號号聲声響响環环節节複复雜杂簡简約约獲获勝胜敗败戰战競竞爭争贏赢輕轻載载顯显難难離离隱隐願愿顧顾餘余養养驅驱齊齐麼么裡里見见訂订註注討讨諮咨許许訴诉診诊詞词試试詳详誤误誰谁課课貨货費费貢贡貿贸賣卖買买質质贊赞購购趨趋跡迹蹤踪軍军較较輔辅農农達达遷迁適适遞递邏逻郵邮醫医釋释針针鏈链錄录鍵键鎖锁銷销鋼钢門门閉闭閱阅陣阵隨随雖虽靈灵頁页頂顶項项順顺預预領领額额飛飞飾饰騙骗驚惊髮发鬥斗黃黄劃划劇剧勞劳勢势區区協协卻却壓压嚴严圍围園园塊块壞坏夠够夢梦奪夺婦妇孫孙寶宝專专尋寻屬属島岛帶带幣币幹干廠厂彙汇強强彈弹徵征態态慮虑憑凭懷怀戲戏撐撑擁拥擊击擴扩擾扰攝摄敵敌斷断曆历書书榮荣樂乐樣样橋桥歐欧歷历殘残氣气決决滿满漲涨漸渐潛潜濾滤灣湾燈灯熱热爾尔牆墙獨独獎奖瀏浏覽览異异畫画療疗盡尽盤盘礎础禮礼稅税穩稳筆笔篩筛籌筹糧粮紀纪納纳純纯紙纸細细組组絕绝給给維维緊紧縮缩織织繪绘繼继續续罰罚聯联職职肅肃腳脚臉脸臨临舉举舊旧艦舰艱艰莊庄萊莱葉叶藝艺蘋苹藥药補补裝装襲袭觸触';

/** The words that stand in the packed file. */
export const VOCABULARY_WORDS: VocabularyWords = { concepts: Object.values(CONCEPTS), simplified: SIMPLIFIED };
