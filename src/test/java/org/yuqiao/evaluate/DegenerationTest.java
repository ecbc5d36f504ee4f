package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.text.Language;

class DegenerationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "香蕉和猴子。|Bananas and bananas and bananas and bananas.|true",
        "那你用我的吧。|I  ooooooooooo.|true",
        "我最喜欢吃西瓜。|The,,,,,,,,,,,,|true",
        "你好。|the cat of the cat of the cat of|true",
        "你好。|''|true",
        "你好。|Hello to all of you who have come here today from far away to see us and to hear what we have"
            + " to say of it and of other things|true",
        "这个很好，非常非常好。|This is very, very good.|false",
        "不，不，不！|No, no, no!|false",
        "哈哈哈哈哈哈|Hahahahahaha|false",
        "很好很好很好|Very good, very good, very good|false",
        "……|''|false",
        "30.4 C|30.4 C|false",
        "10000000|10000000|false",
        "他把门关上了。|He closed the door.|false"
      })
  void emptyRepeatingAndEndlessTranslationsIntoEnglishAreRecognized(
      String source, String translation, boolean degenerate) {
    assertEquals(degenerate, Degeneration.isDegenerate(source, translation, Language.EN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I like bananas.|我喜欢香蕉香蕉香蕉香蕉。|true",
        "Hello.|你你你你你|true",
        "Hello.|你好，你好，你好，|true",
        "Every single day.|天天如此。|false",
        "He laughed: ha ha ha ha ha ha|他笑了：哈哈哈哈哈哈|false",
        "Thank you, thank you!|谢谢，谢谢！|false"
      })
  void intoChineseTheUnitIsTheCharacter(String source, String translation, boolean degenerate) {
    assertEquals(degenerate, Degeneration.isDegenerate(source, translation, Language.ZH));
  }
}
