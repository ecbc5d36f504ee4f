package org.yuqiao.corpus.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

class PublicCorpusTest {
  private static final URI URL = URI.create("https://example.org/a.tsv");

  private static PublicCorpus.Download download(String file, String sha256) {
    return new PublicCorpus.Download(file, List.of(URL), 7, Optional.ofNullable(sha256));
  }

  private static PublicCorpus corpus(
      String about, String license, List<PublicCorpus.Download> downloads) {
    return new PublicCorpus(about, license, "me", 1, downloads, List.of(), Optional.empty());
  }

  private static String refusal(Executable executable) {
    return assertThrows(InvalidInputException.class, executable).getMessage();
  }

  @Test
  void anEntryIsWhole() {
    List<PublicCorpus.Download> one = List.of(download("a.tsv", "0123456789abcdef".repeat(4)));
    assertEquals("about must say what text it is", refusal(() -> corpus(" ", "CC0", one)));
    assertEquals("license must name its license", refusal(() -> corpus("Mine.", "", one)));
    assertEquals("downloads must name a file", refusal(() -> corpus("Mine.", "CC0", List.of())));
    assertEquals("files must name a file to make", refusal(() -> corpus("Mine.", "CC0", one)));
    assertEquals(
        "attribution must name the publisher",
        refusal(() -> new PublicCorpus("Mine.", "CC0", null, 1, one, List.of(), Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({"../a", "''", "a/b", ".a", "-a", "a b"})
  void namesOfFilesStayInTheirFolder(String name) {
    assertEquals(
        "downloads.file must be the plain name of a file, not '" + name + "'",
        refusal(() -> download(name, null)));
  }

  @Test
  void downloadsHaveAnAddressAndAHash() {
    assertEquals(
        "downloads.urls of a.tsv must name one",
        refusal(() -> new PublicCorpus.Download("a.tsv", List.of(), 0, Optional.empty())));
    for (String hash : List.of("", "abc", "G".repeat(64), "0".repeat(65))) {
      assertEquals(
          "downloads.sha256 of a.tsv must be 64 hexadecimal digits",
          refusal(() -> download("a.tsv", hash)));
    }
  }

  @Test
  void filesOfPairsEndInTsvAndAreMadeOfSomething() {
    Optional<Member> none = Optional.empty();
    assertEquals(
        "files.file must end in .tsv, not be 'a.txt'",
        refusal(() -> new PublicCorpus.PairsFile("a.txt", none, Optional.empty(), none, none)));
    assertEquals(
        "files.a.tsv must have pairs, or zh and en",
        refusal(() -> new PublicCorpus.PairsFile("a.tsv", none, Optional.empty(), none, none)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 5"})
  void bothHeldOutSetsHavePairs(int valid, int test) {
    assertEquals(
        "holdOut.valid and holdOut.test must be above 0",
        refusal(() -> new PublicCorpus.HoldOut(valid, test)));
    assertEquals(1, new PublicCorpus.HoldOut(1, 1).test());
  }

  @Test
  void heldOutPairsAreSpreadAndHaveSentencesThatStandOnce() {
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      pairs.add(new SentencePair("句" + i, "sentence " + i, ""));
      pairs.add(new SentencePair("句又" + i, "twice " + i / 2, ""));
      pairs.add(new SentencePair("两次" + i / 2, "other " + i / 2, ""));
    }
    HeldOutSplit split = HeldOutSplit.of(pairs, new PublicCorpus.HoldOut(20, 30));
    assertEquals(20, split.valid().size());
    assertEquals(30, split.test().size());
    assertEquals(3000 - 50, split.train().size());
    Set<SentencePair> all = new HashSet<>(split.train());
    all.addAll(split.valid());
    all.addAll(split.test());
    assertEquals(new HashSet<>(pairs), all);
    List<SentencePair> held = new ArrayList<>(split.valid());
    held.addAll(split.test());
    held.forEach(pair -> assertEquals("sentence", pair.english().split(" ")[0], pair.toString()));
    int last =
        held.stream()
            .mapToInt(pair -> Integer.parseInt(pair.chinese().substring(1)))
            .max()
            .orElse(0);
    assertEquals(true, last > 500, "they come from all of the corpus");
  }

  @Test
  void aSmallCorpusGivesFewerHeldOutPairs() {
    List<SentencePair> pairs =
        List.of(
            new SentencePair("一", "one", ""),
            new SentencePair("二", "two", ""),
            new SentencePair("三", "three", ""));
    HeldOutSplit split = HeldOutSplit.of(pairs, new PublicCorpus.HoldOut(5, 1));
    assertEquals(2, split.valid().size());
    assertEquals(1, split.test().size());
    assertEquals(List.of(), split.train());
  }

  private static Proxy proxy(Map<String, String> environment, String url) {
    return new EnvironmentProxy(environment).of(URI.create(url));
  }

  @Test
  void theProxyIsThatOfTheScheme() {
    Map<String, String> both =
        Map.of("http_proxy", "proxy.example:3128", "HTTPS_PROXY", " http://secure.example ");
    assertEquals(3128, ((InetSocketAddress) proxy(both, "http://a.org/x").address()).getPort());
    InetSocketAddress secure = (InetSocketAddress) proxy(both, "https://a.org/x").address();
    assertEquals("secure.example", secure.getHostString());
  }

  @ParameterizedTest
  @CsvSource({"a.org, true", "x.a.org, true", "ba.org, false", "b.net, true", "c.com, false"})
  void excludedHostsHaveNone(String host, boolean excluded) {
    Map<String, String> environment =
        Map.of("https_proxy", "http://p.example:1", "no_proxy", "a.org, .b.net");
    assertEquals(
        excluded, proxy(environment, "https://" + host + "/x").equals(Proxy.NO_PROXY), host);
    assertEquals(
        Proxy.NO_PROXY,
        proxy(Map.of("https_proxy", "p:1", "no_proxy", "*"), "https://" + host + "/"));
  }

  @Test
  void aWrongAddressIsNamed() {
    assertEquals(
        "the environment variable https_proxy must be an address, as http://host:port",
        refusal(() -> proxy(Map.of("https_proxy", "http://:8"), "https://a.org/")));
  }

  @Test
  void hostsExcludedFromTheProxyAreAskedDirectly() {
    EnvironmentProxy proxy =
        new EnvironmentProxy(
            Map.of("https_proxy", "proxy.example:8080", "no_proxy", ".example.org,localhost"));
    assertEquals(Proxy.NO_PROXY, proxy.of(URI.create("https://data.example.org/a")));
    assertEquals(
        "proxy.example:8080",
        String.valueOf(proxy.of(URI.create("https://example.com/a")).address())
            .replaceAll("/<unresolved>|^/", ""));
  }

  @Test
  void withoutAPortTheProxyHasThatOfSquid() {
    Map<String, String> environment = Map.of("HTTPS_PROXY", " http://secure.example ");
    InetSocketAddress address = (InetSocketAddress) proxy(environment, "https://a.org/x").address();
    assertEquals(3128, address.getPort());
    assertEquals(Proxy.NO_PROXY, proxy(Map.of("https_proxy", " "), "https://a.org/"));
    assertEquals(Proxy.NO_PROXY, proxy(environment, "http://a.org/"));
  }

  @Test
  void pairsAreHeldOutInTurnAtEqualDistances() {
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pairs.add(new SentencePair("句" + i, "sentence " + i, ""));
    }
    HeldOutSplit even = HeldOutSplit.of(pairs, new PublicCorpus.HoldOut(2, 2));
    assertEquals(List.of(pairs.get(0), pairs.get(6)), even.valid());
    assertEquals(List.of(pairs.get(3), pairs.get(9)), even.test());
    HeldOutSplit uneven = HeldOutSplit.of(pairs, new PublicCorpus.HoldOut(1, 3));
    assertEquals(List.of(pairs.get(0)), uneven.valid());
    assertEquals(List.of(pairs.get(3), pairs.get(6), pairs.get(9)), uneven.test());
    HeldOutSplit other = HeldOutSplit.of(pairs, new PublicCorpus.HoldOut(3, 1));
    assertEquals(List.of(pairs.get(0), pairs.get(6), pairs.get(9)), other.valid());
    assertEquals(List.of(pairs.get(3)), other.test());
  }

  @Test
  void heldOutPairsAreOfTheOnlyFile() {
    List<PublicCorpus.Download> one = List.of(download("a.tsv", null));
    Optional<PublicCorpus.HoldOut> holdOut = Optional.of(new PublicCorpus.HoldOut(1, 1));
    for (List<String> names : List.of(List.of("test.tsv"), List.of("train.tsv", "more.tsv"))) {
      List<PublicCorpus.PairsFile> files =
          names.stream().map(PublicCorpusTest::madeOfTable).toList();
      assertEquals(
          "holdOut needs train.tsv as its only file",
          refusal(() -> new PublicCorpus("Mine.", "CC0", "me", 1, one, files, holdOut)));
    }
    List<PublicCorpus.PairsFile> train = List.of(madeOfTable("train.tsv"));
    assertEquals(7, new PublicCorpus("Mine.", "CC0", "me", 1, one, train, holdOut).bytes());
  }

  private static PublicCorpus.PairsFile madeOfTable(String name) {
    Optional<Member> none = Optional.empty();
    return new PublicCorpus.PairsFile(
        name, Optional.of(Member.parse("a.tsv")), Optional.empty(), none, none);
  }

  @Test
  void aFileIsMadeOfATableOrOfTwoTextsButNotOfBoth() {
    Optional<Member> none = Optional.empty();
    Optional<Member> some = Optional.of(Member.parse("a.tsv"));
    for (List<Optional<Member>> of :
        List.of(List.of(none, some, none), List.of(none, none, some), List.of(some, some, some))) {
      assertEquals(
          "files.a.tsv must have pairs, or zh and en",
          refusal(
              () ->
                  new PublicCorpus.PairsFile(
                      "a.tsv", of.get(0), Optional.empty(), of.get(1), of.get(2))));
    }
    assertEquals(
        2,
        new PublicCorpus.PairsFile("a.tsv", none, Optional.empty(), some, some).members().size());
  }
}
