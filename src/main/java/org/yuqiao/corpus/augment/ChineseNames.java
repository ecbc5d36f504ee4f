package org.yuqiao.corpus.augment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yuqiao.corpus.pair.SentencePair;

/**
 * Puts a Chinese name, in pinyin on the English side, in place of a name that stands once on both
 * sides, so that a model learns how the characters of names are read.
 */
final class ChineseNames {
  /** Names that are frequent in corpora, and stand for nothing else. */
  private static final Map<String, String> REPLACED =
      Map.of(
          "汤姆",
          "Tom",
          "玛丽",
          "Mary",
          "约翰",
          "John",
          "杰克",
          "Jack",
          "小明",
          "Xiaoming",
          "丽丽",
          "Lili",
          "小红",
          "Xiaohong");

  private static final Map<String, Pattern> WHOLE =
      REPLACED.values().stream()
          .collect(Collectors.toMap(name -> name, name -> Pattern.compile("\\b" + name + "\\b")));

  private static final List<String[]> SURNAMES =
      syllables(
          "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo "
              + "何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 邓deng 韩han 冯feng 曹cao "
              + "彭peng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei "
              + "苏su 吕lü 丁ding 任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang "
              + "廖liao 石shi 金jin 贾jia 夏xia 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu 江jiang 尹yin "
              + "薛xue 雷lei 侯hou 龙long 段duan 郝hao 孔kong 邵shao 史shi 毛mao 钱qian 顾gu 严yan 欧阳ouyang "
              + "司马sima 上官shangguan");

  private static final List<String[]> GIVEN =
      syllables(
          "伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao "
              + "明ming 超chao 秀xiu 霞xia 平ping 刚gang 桂gui 英ying 华hua 玉yu 萍ping 红hong 鹏peng 辉hui "
              + "建jian 国guo 文wen 志zhi 海hai 东dong 晓xiao 春chun 梅mei 兰lan 云yun 雪xue 琳lin 婷ting "
              + "慧hui 雨yu 欣xin 怡yi 佳jia 思si 宇yu 浩hao 然ran 子zi 轩xuan 博bo 俊jun 龙long 飞fei 斌bin "
              + "波bo 峰feng 林lin 松song 凯kai 丹dan 莉li 颖ying 倩qian 璐lu 瑶yao 晨chen 阳yang 天tian 宁ning "
              + "安an 庆qing 民min 新xin 永yong 福fu 立li 学xue 振zhen 光guang 少shao 美mei 爱ai 金jin 宝bao "
              + "淑shu 珍zhen 琴qin 凤feng 荣rong 亮liang 健jian 毅yi 康kang 泽ze 瑞rui 嘉jia 诗shi 梦meng 洁jie "
              + "莹ying 蕾lei 薇wei 岩yan 冰bing 帆fan 远yuan 德de 成cheng 正zheng 元yuan 家jia 一yi 小xiao "
              + "大da 月yue 秋qiu 冬dong 清qing 亚ya 维wei 世shi 景jing 祥xiang 旭xu 鑫xin");

  private final SplittableRandom random;

  ChineseNames(SplittableRandom random) {
    this.random = random;
  }

  /** Characters and their reading, of which the second part begins with a capital letter. */
  private static List<String[]> syllables(String list) {
    return Arrays.stream(list.split(" "))
        .map(one -> one.split("(?<=[^a-zü])(?=[a-zü])", 2))
        .toList();
  }

  /** The pair with another name; empty when it has none that stands once on both sides. */
  Optional<SentencePair> into(SentencePair pair) {
    return REPLACED.entrySet().stream()
        .filter(name -> standsOnce(name.getKey(), pair.chinese()))
        .filter(name -> WHOLE.get(name.getValue()).matcher(pair.english()).results().count() == 1)
        .min(Map.Entry.comparingByKey())
        .map(name -> replaced(pair, name.getKey(), name.getValue()));
  }

  private static boolean standsOnce(String name, String text) {
    int first = text.indexOf(name);
    return first >= 0 && text.lastIndexOf(name) == first;
  }

  private SentencePair replaced(SentencePair pair, String chinese, String english) {
    String[] surname = SURNAMES.get(random.nextInt(SURNAMES.size()));
    StringBuilder characters = new StringBuilder(surname[0]);
    StringBuilder given = new StringBuilder();
    for (int i = random.nextInt(5) < 2 ? 1 : 2; i > 0; i--) {
      String[] syllable = GIVEN.get(random.nextInt(GIVEN.size()));
      characters.append(syllable[0]);
      given.append(syllable[1]);
    }
    String name = capitalized(surname[1]) + " " + capitalized(given.toString());
    return new SentencePair(
        pair.chinese().replace(chinese, characters),
        WHOLE.get(english).matcher(pair.english()).replaceFirst(Matcher.quoteReplacement(name)),
        pair.origin());
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
