package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Content-Type, -Length, -Disposition, -Encoding and -Language. */
public class ContentHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "c",
        "application/sdp",
        "ContentType=application | ContentSubType=sdp | Charset=null",
        "application/sdp"
      },
      {
        "Content-Type",
        "text / html ; charset = ISO-8859-4",
        "ContentType=text | ContentSubType=html | Charset=ISO-8859-4",
        "text/html;charset=ISO-8859-4"
      },
      {
        "Content-Type",
        "text/plain;charset=\"UTF-8\"",
        "Charset=UTF-8",
        "text/plain;charset=\"UTF-8\""
      },
      {
        "Content-Type",
        "multipart/mixed;boundary=\"7a9cbec02ceef655 =\"",
        "boundary=7a9cbec02ceef655 =",
        "multipart/mixed;boundary=\"7a9cbec02ceef655 =\""
      },
      {
        "Content-Type",
        "application/pkcs7-mime; smime-type=enveloped-data;\r\n name=smime.p7m",
        "name=smime.p7m",
        "application/pkcs7-mime;smime-type=enveloped-data;name=smime.p7m"
      },
      {"l", "0349", "ContentLength=349", "349"},
      {"Content-Length", "2147483647", "ContentLength=2147483647", "2147483647"},
      {"Content-Disposition", "session", "DispositionType=session | Handling=null", "session"},
      {
        "Content-Disposition",
        "attachment ; filename=smime.p7m; handling=required",
        "DispositionType=attachment | Handling=required | filename=smime.p7m",
        "attachment;filename=smime.p7m;handling=required"
      },
      {"e", "gzip", "Encoding=gzip", "gzip"},
      {"Content-Language", "fr", "ContentLanguage=fr | LanguageTag=fr", "fr"},
      {"Content-Language", "de-ch", "ContentLanguage=de_CH | LanguageTag=de-ch", "de-ch"},
      {"Content-Language", "zh-Hant-TW-1994", "LanguageTag=zh-Hant-TW-1994", "zh-Hant-TW-1994"},
    };
  }

  @Test(dataProvider = "values")
  public void value_is_read_and_written_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written);
  }

  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      // name, value, offset of the error
      {"Content-Type", "", 0},
      {"Content-Type", "application", 11},
      {"Content-Type", "application/", 12},
      {"Content-Type", "application/sdp;", 16},
      {"Content-Type", "application/sdp;=x", 16},
      {"Content-Type", "text/plain, text/html", 10},
      {"Content-Length", "", 0},
      {"Content-Length", "-999", 0},
      {"Content-Length", "1 1", 2},
      {"Content-Length", "2147483648", 0},
      {"Content-Disposition", ";handling=optional", 0},
      {"Content-Encoding", "", 0},
      {"Content-Encoding", "gzip;q=1", 4},
      {"Content-Language", "de CH", 3},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_rejected(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void media_types_compare_without_regard_to_case_and_order_of_parameters()
      throws ParseException {
    ContentType type =
        HeaderTable.header(ContentType.class, "c", "multipart/mixed;boundary=\"aB\";x=y");
    ContentType same =
        HeaderTable.header(ContentType.class, "c", "Multipart/MIXED;X=Y;Boundary=\"aB\"");
    assertEquals(same, type);
    assertEquals(same.hashCode(), type.hashCode());
    for (String different :
        List.of(
            "multipart/mixed;boundary=\"ab\";x=y",
            "multipart/mixed;boundary=\"aB\"",
            "multipart/signed;boundary=\"aB\";x=y")) {
      assertNotEquals(HeaderTable.header(ContentType.class, "c", different), type, different);
    }
    assertTrue(type.is("MULTIPART", "mixed"));
    assertFalse(type.is("multipart", "signed"));
  }

  @Test
  public void content_headers_made_by_setters_are_written_as_set() throws Exception {
    ContentType type = new ContentType();
    type.setContentType("multipart");
    type.setContentSubType("mixed");
    type.setParameter("boundary", "a b");
    assertEquals(type.toString(), "Content-Type: multipart/mixed;boundary=\"a b\"\r\n");
    ContentDisposition disposition = new ContentDisposition();
    disposition.setDispositionType("render");
    disposition.setHandling("optional");
    assertEquals(disposition.toString(), "Content-Disposition: render;handling=optional\r\n");
    expectThrows(ParseException.class, () -> disposition.setParameter("handling", "a b"));
    ContentEncoding encoding = new ContentEncoding();
    encoding.setEncoding("gzip");
    assertEquals(encoding.toString(), "Content-Encoding: gzip\r\n");
    ContentLanguage language = new ContentLanguage();
    language.setContentLanguage(Locale.CANADA_FRENCH);
    assertEquals(language.toString(), "Content-Language: fr-CA\r\n");
    ContentLength length = new ContentLength();
    length.setContentLength(7);
    assertEquals(length.toString(), "Content-Length: 7\r\n");
    expectThrows(InvalidArgumentException.class, () -> length.setContentLength(-1));
  }

  @Test
  public void encodings_and_languages_compare_without_regard_to_case() throws ParseException {
    assertEquals(
        HeaderParser.parse("e", "GZIP", HeaderModel.DEFAULT),
        HeaderParser.parse("Content-Encoding", "gzip", HeaderModel.DEFAULT));
    assertEquals(
        HeaderParser.parse("Content-Language", "de-CH", HeaderModel.DEFAULT),
        HeaderParser.parse("Content-Language", "de-ch", HeaderModel.DEFAULT));
  }
}
