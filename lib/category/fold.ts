// Folds text to what a classifier compares: one width, one case, simplified characters, no marks of Markdown.

/** Traditional characters that are frequent in the news, each followed by its simplified one. */
const SIMPLIFIED = new Map(
  (
    '發发開开應应業业產产與与對对為为這这來来個个們们會会學学習习機机據据數数動动圖图語语視视頻频檢检測测評评術术論论訓训練练調调優优處处選选擇择實实驗验進进長长電电腦脑雲云資资訊讯報报導导場场價价錢钱創创團团隊队員员務务總总經经濟济國国際际東东車车馬马龍龙體体點点線线網网絡络關关係系統统設设計计備备軟软碼码編编輯辑寫写讀读聽听說说話话請请問问題题還还沒没無无過过時时間间邊边內内標标準准權权參参億亿萬万從从後后當当將将單单雙双條条啟启規规則则類类別别執执製制遠远運运輸输轉转換换變变現现觀观認认識识諾诺險险風风護护證证監监層层級级結结構构廣广庫库號号聲声響响環环節节複复雜杂簡简約约獲获勝胜敗败戰战競竞爭争贏赢輕轻載载顯显難难離离隱隐願愿顧顾餘余養养驅驱齊齐麼么裡里見见訂订註注討讨諮咨許许訴诉診诊詞词試试詳详誤误誰谁課课貨货費费貢贡貿贸賣卖買买質质贊赞購购趨趋跡迹蹤踪軍军較较輔辅農农達达遷迁適适遞递邏逻郵邮醫医釋释針针鏈链錄录鍵键鎖锁銷销鋼钢門门閉闭閱阅陣阵隨随雖虽靈灵頁页頂顶項项順顺預预領领額额飛飞飾饰騙骗驚惊髮发鬥斗黃黄劃划劇剧勞劳勢势區区協协卻却壓压嚴严圍围園园塊块壞坏夠够夢梦奪夺婦妇孫孙寶宝專专尋寻屬属島岛帶带幣币幹干廠厂彙汇強强彈弹徵征態态慮虑憑凭懷怀戲戏撐撑擁拥擊击擴扩擾扰攝摄敵敌斷断曆历書书榮荣樂乐樣样橋桥歐欧歷历殘残氣气決决滿满漲涨漸渐潛潜濾滤灣湾燈灯熱热爾尔牆墙獨独獎奖瀏浏覽览異异畫画療疗盡尽盤盘礎础禮礼稅税穩稳筆笔篩筛籌筹糧粮紀纪納纳純纯紙纸細细組组絕绝給给維维緊紧縮缩織织繪绘繼继續续罰罚聯联職职肅肃腳脚臉脸臨临舉举舊旧艦舰艱艰莊庄萊莱葉叶藝艺蘋苹藥药補补裝装襲袭觸触'.match(
      /../g,
    ) ?? []
  ).map((pair) => [pair[0] as string, pair[1] as string]),
);

const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]`, 'g');

/** NFKC, lower case, simplified characters; addresses and Markdown's signs are left out, blanks are single. */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/[*_`#]+/g, '')
    .replace(TRADITIONAL, (sign) => SIMPLIFIED.get(sign) ?? sign)
    .replace(/\s+/g, ' ')
    .trim();
}
