package io.sipwright.body;

import static org.testng.Assert.assertEquals;

import java.nio.charset.Charset;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Charsets and transfer encodings of bodies. */
public class BodyTextTest {
  /** Type, default, bytes in this charset, text. */
  @DataProvider
  static Object[][] charsets() {
    return new Object[][] {
      {"text/plain", "UTF-8", "UTF-8", "h\u00e9"},
      {"text/plain", "ISO-8859-1", "ISO-8859-1", "h\u00e9"},
      {"text/plain;charset=utf-8", "GB2312", "UTF-8", "h\u00e9"},
      {"text/plain;charset=\"ISO-8859-1\"", "UTF-8", "ISO-8859-1", "h\u00e9"},
      {"text/plain;charset=nobody-knows", "ISO-8859-1", "ISO-8859-1", "h\u00e9"},
      {"text/plain;charset=\"?\"", "ISO-8859-1", "ISO-8859-1", "h\u00e9"},
      {"text/plain", "GB2312", "GB2312", "\u4e2d\u6587"},
      {"text/plain;charset=GB2312", "UTF-8", "GBK", "\u4e2d\u9555"},
      {"text/plain;charset=gbk", "UTF-8", "GB18030", "\u4e2d\u3400"},
      {
        "Application/MANSCDP+xml",
        "UTF-8",
        "GB2312",
        "<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n<Name>\u4e2d\u6587</Name>"
      },
      {"text/xml", "UTF-8", "ISO-8859-1", "<?xml version='1.0' encoding = 'ISO-8859-1' ?>\u00e9"},
      {"text/xml", "UTF-8", "UTF-8", "<?xml version='1.0'?>encoding='ISO-8859-1'\u00e9"},
      {"text/xml", "UTF-8", "UTF-8", "<?xml encoding?>\u00e9"},
      {"text/xml", "UTF-8", "UTF-8", "<?xml encoding='?>\u00e9"},
      {"text/plain", "UTF-8", "UTF-8", "<?xml version='1.0' encoding='ISO-8859-1'?>\u00e9"},
    };
  }

  @Test(dataProvider = "charsets")
  public void text_is_read_in_the_charset_that_its_sender_means(
      String type, String byDefault, String bytesIn, String text) {
    BodyParser parser = new BodyParser(BodyLimits.DEFAULT, Charset.forName(byDefault), false);
    ParsedBody body = parser.parse(type, text.getBytes(Charset.forName(bytesIn)));
    assertEquals(((BodyPart) body).text(), text);
  }

  /** Transfer encoding, bytes, content. */
  @DataProvider
  static Object[][] transferEncodings() {
    return new Object[][] {
      {"base64", "aGVs|bG8=", "hello"},
      {"BASE64", "aGVsbG8", "hello"},
      {"base64", "aGVs!bG8=====aGV", "hello"},
      {"base64", "", ""},
      {"base64", "a", ""},
      {"quoted-printable", "h=C3=A9=|l=3D ", "h\u00e9l= "},
      {"quoted-printable", "a= |b=ZZ=", "ab=ZZ"},
      {"8bit", "=41", "=41"},
      {"x-unknown", "=41", "=41"},
    };
  }

  @Test(dataProvider = "transferEncodings")
  public void transfer_encodings_are_taken_off(String encoding, String bytes, String content) {
    BodyPart part =
        ((BodyPart)
                new BodyParser()
                    .parse(
                        "multipart/mixed;boundary=b",
                        Bytes.of(
                            "--b|Content-Transfer-Encoding: "
                                + encoding
                                + "||"
                                + bytes
                                + "|--b--")))
            .parts()
            .get(0);
    assertEquals(part.text(), content);
    assertEquals(part.bytes(), Bytes.of(bytes));
  }
}
